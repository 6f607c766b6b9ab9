import { useContext, useEffect, useState, useSyncExternalStore } from 'react'
import {
  type ConnectController,
  controllerOf,
  type ConnectStart,
} from '../browser/connect-controller.ts'
import type { ConnectError } from '../browser/connect-error.ts'
import type { ConnectControllerState, ConnectState } from '../browser/controller-state.ts'
import type { ConnectCallbacks, ConnectControllerOptions } from '../browser/controller-options.ts'
import { type CreatedConnectToken, isSameTarget, readTarget } from '../browser/connect-tokens.ts'
import { createPreparedTargets } from '../browser/prepared-targets.ts'
import { ConnectContext, useLatest } from './connect-provider.ts'

/** Options of `useConnectAccount`. They may change between renders; a flow keeps the target that it started with. */
export interface UseConnectAccountOptions extends ConnectStart, ConnectCallbacks {}

/** Handlers that have your server prepare a token when the user seems about to click. */
export interface IntentProps {
  /** On hover. */
  onPointerEnter: () => void
  /** On focus. */
  onFocus: () => void
  /** On touch. */
  onTouchStart: () => void
}

/** State and functions for a component that connects an account. The functions stay the same between renders. */
export interface ConnectAccountControls {
  /** Where the flow is. */
  state: ConnectState
  /** Whether a flow runs: `preparing`, `open` or `confirming`. */
  busy: boolean
  /** In the state `error`: why. Its message can be shown to the user. */
  error: ConnectError | undefined
  /**
   * In the state `error`: the hosted page for a tab of its own, if the frame was blocked and the token came with a
   * `connectLinkUrl`. It contains the token. Open it with `openLink`.
   */
  connectLinkUrl: string | undefined
  /** Starts a flow, or retries what failed; see `ConnectController.start`. */
  connect: () => void
  /** Has your server prepare a token before a click; see `ConnectController.prefetch`. */
  prefetch: () => void
  /** Ends the flow, or clears the error, without a callback; see `ConnectController.cancel`. */
  cancel: () => void
  /** Opens `connectLinkUrl` in a new tab; see `ConnectController.openLink`. */
  openLink: () => boolean
  /** Handlers for the element that calls `connect`: they call `prefetch` on hover, focus and touch. */
  intentProps: IntentProps
}

/**
 * Lets the user connect an account of one app. Resumes a flow for the same target that a reload cut off. When the
 * component unmounts, its flow is cancelled; an account that is being confirmed is still reported.
 * Throws outside a `ConnectProvider`.
 */
export function useConnectAccount(options: UseConnectAccountOptions): ConnectAccountControls {
  const provider = useContext(ConnectContext)
  if (provider === undefined) {
    throw new Error('useConnectAccount was called outside a ConnectProvider. Wrap the page in one.')
  }
  const { settings, prepared, user } = provider
  const latest = useLatest(options)
  const [{ controller, functions }] = useState(() => {
    const controller = controllerOf({
      options: {
        get current() {
          return { ...settings.current, ...latest.current }
        },
      },
      prepared,
      resumes: (target) => isSameTarget(target, readTarget(latest.current)),
    })
    const prefetch = () => controller.prefetch(latest.current)
    const { cancel, openLink } = controller
    const connect = () => controller.start(latest.current)
    const intentProps = { onPointerEnter: prefetch, onFocus: prefetch, onTouchStart: prefetch }
    return { controller, functions: { connect, prefetch, cancel, openLink, intentProps } }
  })
  const { status: state, error, connectLinkUrl } = useController(controller, user)
  const busy = state !== 'idle' && state !== 'error'
  return { state, busy, error, connectLinkUrl, ...functions }
}

/**
 * Creates a connect controller for this component, and returns it with its state. It needs no `ConnectProvider`. Use it
 * where one flow at a time serves many buttons. When the component unmounts, its flow is cancelled. The options may
 * change between renders.
 */
export function useConnectController<Created extends CreatedConnectToken>(
  options: ConnectControllerOptions<Created>,
): {
  /** The controller; the same object on every render. */
  controller: ConnectController<Created>
  /** Its current state. A change renders the component again. */
  state: ConnectControllerState<Created>
} {
  const latest = useLatest(options)
  const [controller] = useState(() =>
    controllerOf({ options: latest, prepared: createPreparedTargets(latest) }),
  )
  return { controller, state: useController(controller, options.user) }
}

function useController<Created extends CreatedConnectToken>(
  controller: ConnectController<Created>,
  user: string | undefined,
): ConnectControllerState<Created> {
  const { subscribe, getState, resume, cancel } = controller
  const state = useSyncExternalStore(subscribe, getState, getState)
  useEffect(() => {
    void resume()
    return cancel
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a change of user ends the flow now, not at the next call
  }, [resume, cancel, user])
  return state
}
