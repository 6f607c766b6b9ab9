import { ConnectError } from '../browser/connect-error.ts'
import type { ConnectPageOptions } from '../browser/connect-options.ts'
import type { ConnectContextValue } from './connect-context.ts'
import type { ConnectTarget } from './created-token.ts'
import { type ConnectOutcome, type FinishedFlow, runConnectFlow } from './run-connect-flow.ts'

/** What `useConnectAccount` takes. All of it may change between renders; a flow keeps the target that it began with. */
export interface UseConnectAccountOptions extends ConnectPageOptions {
  /** Slug or id of the app to connect. */
  app: string
  /** The account is connected, and confirmed with what the provider's `confirm` resolved to. */
  onConnected?: ((flow: FinishedFlow, confirmed: unknown) => void) | undefined
  /** The flow failed; `connect` tries again. */
  onError?: ((error: ConnectError) => void) | undefined
  /** The person closed the page. Nothing has changed. */
  onCancel?: (() => void) | undefined
}

/**
 * Where a flow is: nothing goes on, the token is awaited, the person is in Pipedream's page, `confirm` is awaited,
 * or the last flow failed.
 */
export type ConnectState = 'idle' | 'preparing' | 'open' | 'confirming' | 'error'

export interface ConnectStatus {
  state: ConnectState
  error?: ConnectError | undefined
  connectLinkUrl?: string | undefined
}

/** Handlers that fetch a token ahead when the person seems to be about to click. */
export interface IntentProps {
  onPointerEnter: () => void
  onFocus: () => void
  onTouchStart: () => void
}

export interface Connector {
  connect: () => void
  prefetch: () => void
  cancel: () => void
  openLink: () => boolean
  intentProps: IntentProps
}

interface ConnectorInput {
  provider: ConnectContextValue
  options: { readonly current: UseConnectAccountOptions }
  onStatus: (status: ConnectStatus) => void
}

export const IDLE: ConnectStatus = { state: 'idle' }

/** Runs the flows of one component, one at a time. It begins nothing by itself, so React may make one for nothing. */
export function createConnector({ provider, options, onStatus }: ConnectorInput): Connector {
  let status = IDLE
  let running: AbortController | undefined
  let unconfirmed: FinishedFlow | undefined

  const tell = (next: ConnectStatus) => {
    status = next
    onStatus(next)
  }
  const run = async () => {
    if (running !== undefined) return
    const controller = new AbortController()
    running = controller
    const target = targetOf(options.current)
    const outcome = await runConnectFlow({
      target,
      hideClose: options.current.hideClose,
      resume: unconfirmed,
      takeToken: () => provider.shelf.take(target),
      connectUrl: provider.settings.current.connectUrl,
      onOpen: (flow) => provider.settings.current.onOpen?.(flow),
      confirm: (flow) => provider.settings.current.confirm?.(flow),
      signal: controller.signal,
      onState: (state) => {
        if (running === controller) tell({ state })
      },
    })
    if (running !== controller) return
    running = undefined
    unconfirmed = outcome.type === 'failed' ? outcome.unconfirmed : undefined
    tell(statusAfter(outcome))
    report(outcome, options.current)
  }
  const prefetch = () => {
    // The focus that a closing frame gives back is not a wish for the next one.
    if (running ?? unconfirmed ?? status.connectLinkUrl) return
    provider.shelf.stock(targetOf(options.current))
  }
  const cancel = () => {
    if (status.state === 'confirming') return
    running?.abort()
    running = undefined
    unconfirmed = undefined
    tell(IDLE)
  }
  const openLink = () => {
    if (status.connectLinkUrl === undefined) return false
    const isOpen = openTab(status.connectLinkUrl)
    tell(isOpen ? IDLE : { ...status, error: popupBlocked() })
    return isOpen
  }
  return {
    connect: () => void run(),
    prefetch,
    cancel,
    openLink,
    intentProps: { onPointerEnter: prefetch, onFocus: prefetch, onTouchStart: prefetch },
  }
}

function targetOf(options: UseConnectAccountOptions): ConnectTarget {
  const { app, accountId, oauthAppId, appOverrideId, oauthScopeProfile } = options
  const customOauthClient = options.customOauthClient || undefined
  const ids = { app, accountId, oauthAppId, appOverrideId }
  // JSON leaves out the members that are undefined.
  return JSON.parse(JSON.stringify({ ...ids, oauthScopeProfile, customOauthClient }))
}

function statusAfter(outcome: ConnectOutcome): ConnectStatus {
  if (outcome.type !== 'failed') return IDLE
  return { state: 'error', error: outcome.error, connectLinkUrl: outcome.connectLinkUrl }
}

function report(outcome: ConnectOutcome, options: UseConnectAccountOptions): void {
  if (outcome.type === 'failed') options.onError?.(outcome.error)
  else if (outcome.type === 'cancelled') options.onCancel?.()
  else options.onConnected?.(outcome.flow, outcome.confirmed)
}

// With `noopener` the browser would not say whether the tab was blocked, so the tie is cut by hand before the tab leaves.
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
