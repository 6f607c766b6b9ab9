import { ConnectError } from './connect-error.ts'
import type { FinishedFlow } from './connect-flows.ts'
import type { ConnectPageOptions } from './connect-options.ts'
import {
  checkFlow,
  checkFlows,
  checkUser,
  type ControllerCore,
  finishNamedFlow,
  isReset,
  reset,
  runFlow,
  update,
} from './controller-core.ts'
import type { ConnectControllerOptions } from './controller-options.ts'
import type { ConnectControllerState } from './controller-state.ts'
import {
  type ConnectTarget,
  type CreatedConnectToken,
  isSameTarget,
  readTarget,
} from './connect-tokens.ts'
import { createPreparedTargets } from './prepared-targets.ts'
import { claimFlows } from './remembered-flows.ts'

/** What `prefetch` and `start` take: the app, and what the hosted page connects. */
export interface ConnectStart extends ConnectPageOptions {
  /** Slug or id of the app to connect. */
  app: string
}

/**
 * Runs connect flows, one at a time, without a framework.
 *
 * ```mermaid
 * stateDiagram-v2
 *   [*] --> idle
 *   idle --> preparing: start
 *   idle --> confirming: resume(flow), or readFlow found the account of an interrupted flow
 *   preparing --> open: token
 *   preparing --> idle: closed by the user, once there is a token (onCancel)
 *   preparing --> error: createConnectToken failed (onError)
 *   open --> confirming: account, from the page, resume or readFlow
 *   open --> idle: closed by the user (onCancel)
 *   open --> error: failed (onError)
 *   confirming --> idle: confirmed (onConnected)
 *   confirming --> error: confirm failed (onError)
 *   error --> preparing: start
 *   error --> confirming: as from idle, or start if only confirm failed, unless of resume(flow)
 *   error --> idle: openLink
 *   error --> error: openLink, blocked by the browser
 *   preparing --> idle: cancel
 *   open --> idle: cancel
 *   confirming --> idle: cancel (onConnected or onError follows)
 *   error --> idle: cancel
 * ```
 *
 * Interrupted flows, and accounts to confirm again, are kept in addition to these states, because another flow may be
 * started meanwhile. If `user` changes, the next call or event drops everything of the previous user, as `cancel` does,
 * and nothing more of it is reported.
 */
export interface ConnectController<Created extends CreatedConnectToken = CreatedConnectToken> {
  /**
   * Calls `prepareConnectToken`, before a click, unless your server keeps a token for this target already. Does nothing
   * while a flow runs. `start` waits for it.
   */
  prefetch: (target: ConnectStart) => void
  /**
   * Starts a flow, or retries the failed one; an account for this target that could not be confirmed is only confirmed
   * again. Does nothing while a flow runs. The dialog is open when this returns, and shows the page when there is a
   * token. Call it in a click.
   */
  start: (target: ConnectStart) => void
  /**
   * With a flow: confirms the account that your server reports for it, without opening a page. Closes an open page for
   * the same target; waits until a flow for another target has ended. If that fails without a page, call it again: `start`
   * connects another account.
   *
   * Without a flow: asks `readFlow` about flows that were cut off, and about the open one. Call it when the page loads,
   * and when your server tells the page of a new account. The promise resolves when `readFlow` has returned, before an
   * account is confirmed, and never rejects.
   */
  resume: (flow?: FinishedFlow<Created>) => Promise<void>
  /**
   * Ends the flow, or clears the error, without a callback; forgets interrupted flows, and those that wait in `resume`.
   * An account that is being confirmed is still reported, but another flow may be started before that.
   */
  cancel: () => void
  /**
   * Opens `connectLinkUrl` in a new tab, and ends the flow here: your server is told how it ends. Call it in a click.
   * Returns false if there is no link, or if the browser blocked the tab; `error` then says so.
   */
  openLink: () => boolean
  /** Calls `listener` after every change of state. Returns a function that removes it. */
  subscribe: (listener: () => void) => () => void
  /** Returns the state: the same object until the next change. */
  getState: () => ConnectControllerState<Created>
}

/**
 * Creates a connect controller, for any framework or none. Has no effect by itself, and needs no browser until one of
 * its functions is called. `ConnectController` documents the states.
 */
export function createConnectController<Created extends CreatedConnectToken>(
  options: ConnectControllerOptions<Created>,
): ConnectController<Created> {
  const latest = { current: options }
  return controllerOf({ options: latest, prepared: createPreparedTargets(latest) })
}

type ControllerSetup<Created extends CreatedConnectToken> = Pick<
  ControllerCore<Created>,
  'options' | 'prepared'
> & {
  /** Whether remembered flows for this target are resumed. Default: all are. */
  resumes?: (target: ConnectTarget) => boolean
}

/** As `createConnectController`, with options that may be replaced, and preparations that controllers may share. */
export function controllerOf<Created extends CreatedConnectToken>({
  options,
  prepared,
  resumes = () => true,
}: ControllerSetup<Created>): ConnectController<Created> {
  const core: ControllerCore<Created> = {
    options,
    prepared,
    listeners: new Set(),
    user: options.current.user,
    resets: 0,
    state: { status: 'idle' },
    interrupted: new Set(),
    unconfirmed: new Map(),
  }
  return {
    prefetch(start) {
      checkUser(core)
      const target = readTarget(start)
      // The focus that a closing dialog restores must not fetch a token that a retry does not need.
      const isLinked = core.state.connectLinkUrl && isSameTarget(target, core.state.target)
      if (!core.run && !isLinked && !findUnconfirmed(core, target)) prepared.prepare(target)
    },
    start(start) {
      checkUser(core)
      if (core.run) return
      const target = readTarget(start)
      const finished = findUnconfirmed(core, target)
      void runFlow(core, { target, hideClose: start.hideClose, finished })
    },
    async resume(flow) {
      checkUser(core)
      if (flow) return finishNamedFlow(core, { ...flow, target: readTarget(flow.target) })
      if (!options.current.readFlow) return
      // `cancel`, as on unmount, also ends a resume that has not claimed anything yet.
      const { resets } = core
      const isWanted = (target: ConnectTarget) => !isReset(core, resets) && resumes(target)
      const claimed = await claimFlows(options.current, isWanted)
      if (isReset(core, resets)) return
      await Promise.all([checkFlows(core), ...claimed.map((one) => checkFlow(core, one, true))])
    },
    cancel: () => reset(core),
    openLink() {
      checkUser(core)
      const { connectLinkUrl } = core.state
      if (connectLinkUrl === undefined) return false
      const isOpen = openTab(connectLinkUrl)
      update(core, isOpen ? { status: 'idle' } : { ...core.state, error: popupBlocked() })
      return isOpen
    },
    subscribe(listener) {
      core.listeners.add(listener)
      return () => core.listeners.delete(listener)
    },
    getState: () => core.state,
  }
}

function findUnconfirmed<Created extends CreatedConnectToken>(
  { unconfirmed }: ControllerCore<Created>,
  target: ConnectTarget,
): FinishedFlow<Created> | undefined {
  return [...unconfirmed.values()].find((flow) => isSameTarget(flow.target, target))
}

// With `noopener` the browser would not report whether the tab was blocked, so the opener is removed before the tab
// navigates.
function openTab(url: string): boolean {
  const tab = open('', '_blank')
  if (tab === null || tab.closed) return false
  tab.opener = null
  tab.location.replace(url)
  return true
}

function popupBlocked(): ConnectError {
  return new ConnectError(
    'ERR_POPUP_BLOCKED',
    'The browser blocked the new tab. Allow pop-ups for this site, then try again.',
  )
}
