import {
  type ComponentProps,
  createElement,
  forwardRef,
  type MouseEvent,
  type ReactNode,
} from 'react'

import {
  type ConnectAccountControls,
  useConnectAccount,
  type UseConnectAccountOptions,
} from './use-connect-account.ts'

/** The props of a `<button>` that it passes on. */
type ButtonProps = Omit<ComponentProps<'button'>, 'children' | keyof UseConnectAccountOptions>

/** Props of `ConnectButton`: the options of `useConnectAccount`, and all props of a `<button>`. */
export interface ConnectButtonProps extends UseConnectAccountOptions, ButtonProps {
  /**
   * The label, or a function that returns it for the state of the flow. Default: `Connect`, `Connecting…` or `Try again`.
   * When the frame was blocked, an offer to continue in a new tab replaces it, unless it is a function. A label that is
   * not a plain string is wrapped in a `<span>` with `display: contents`. If it comes from a function, that element is
   * replaced with each new state, so that text next to an element survives the browser's translation.
   */
  children?: ReactNode | ((controls: ConnectAccountControls) => ReactNode)
}

/**
 * An unstyled `<button>` that lets the user connect an account. `data-state` holds the state, for your style sheet; the
 * last error's message is its tooltip and accessible description.
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
      // Not `disabled`: a disabled button loses the focus, and cannot regain it when the frame closes.
      'aria-disabled': busy || rest['aria-disabled'],
    }
    return createElement('button', attributes, labelOf(props.children, controls))
  },
)

function labelOf(children: ConnectButtonProps['children'], controls: ConnectAccountControls) {
  const { state, busy, error, connectLinkUrl } = controls
  const defaultLabel = busy ? 'Connecting…' : error ? 'Try again' : 'Connect'
  const isFunction = typeof children === 'function'
  if (!isFunction && connectLinkUrl !== undefined) {
    return error?.code === 'ERR_POPUP_BLOCKED'
      ? 'Allow pop-ups, then try again'
      : 'Continue in a new tab'
  }
  const label = isFunction ? children(controls) : (children ?? defaultLabel)
  if (typeof label === 'string') return label
  // Once a browser has translated text among other nodes, React can no longer remove it alone, so the whole is replaced.
  const key = isFunction ? state : 'own'
  return createElement('span', { key, style: { display: 'contents' } }, label)
}
