import {
  type ComponentProps,
  createElement,
  forwardRef,
  type MouseEvent,
  type ReactNode,
} from 'react'
import type { UseConnectAccountOptions } from './create-connector.ts'
import { type ConnectAccountControls, useConnectAccount } from './use-connect-account.ts'

type ButtonProps = Omit<ComponentProps<'button'>, 'children' | keyof UseConnectAccountOptions>

/** What `ConnectButton` takes: what `useConnectAccount` does, and whatever a `<button>` does. */
export interface ConnectButtonProps extends UseConnectAccountOptions, ButtonProps {
  /**
   * What the button says, or a function that makes it of where the flow is. Default: `Connect`, and so on.
   * Unless it is a function, it gives way to an offer to go on in a new tab when the frame was refused. What is not a
   * plain string stands in a `<span>` without a box of its own, which is made again, when children is a function, with each
   * new state: text beside an element then survives a translation by the browser.
   */
  children?: ReactNode | ((controls: ConnectAccountControls) => ReactNode)
}

const WORDS = {
  idle: 'Connect',
  preparing: 'Connecting…',
  open: 'Connecting…',
  confirming: 'Connecting…',
  error: 'Try again',
}

/**
 * A `<button>`, without style, that lets the person connect an account. `data-state` is the state, for your style
 * sheet; the last error's sentence is its tooltip, and its description for those who do not see it.
 */
export const ConnectButton = forwardRef<HTMLButtonElement, ConnectButtonProps>(
  function ConnectButton(props, ref) {
    const { app, accountId, oauthAppId, appOverrideId, oauthScopeProfile, ...others } = props
    const { customOauthClient, hideClose, onConnected, onError, onCancel, ...rest } = others
    const target = { app, accountId, oauthAppId, appOverrideId, oauthScopeProfile }
    const options = { customOauthClient, hideClose, onConnected, onError, onCancel }
    const controls = useConnectAccount({ ...target, ...options })
    const { state, busy, error, connectLinkUrl, connect, openLink, prefetch } = controls
    const first =
      <Event>(theirs: ((event: Event) => void) | undefined) =>
      (event: Event) => {
        theirs?.(event)
        prefetch()
      }
    const onClick = (event: MouseEvent<HTMLButtonElement>) => {
      rest.onClick?.(event)
      if (event.defaultPrevented) return
      if (connectLinkUrl === undefined) connect()
      else openLink()
    }
    const attributes = {
      type: 'button' as const,
      title: error?.message,
      'data-state': state,
      ...rest,
      ref,
      onClick,
      onPointerEnter: first(rest.onPointerEnter),
      onFocus: first(rest.onFocus),
      onTouchStart: first(rest.onTouchStart),
      'aria-busy': busy,
      // Not `disabled`: a button that is loses the focus, and cannot be given it back when the frame closes.
      'aria-disabled': busy || rest['aria-disabled'],
    }
    return createElement('button', attributes, labelOf(props.children, controls))
  },
)

function labelOf(children: ConnectButtonProps['children'], controls: ConnectAccountControls) {
  const { state, error, connectLinkUrl } = controls
  const isFunction = typeof children === 'function'
  if (!isFunction && connectLinkUrl !== undefined) {
    return error?.code === 'ERR_POPUP_BLOCKED'
      ? 'Allow pop-ups, then try again'
      : 'Continue in a new tab'
  }
  const label = isFunction ? children(controls) : (children ?? WORDS[state])
  if (typeof label === 'string') return label
  // Text among other nodes cannot be taken out one by one once a browser has translated it, so all of it goes together.
  const key = isFunction ? state : 'own'
  return createElement('span', { key, style: { display: 'contents' } }, label)
}
