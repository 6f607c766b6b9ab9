import { openPage } from './connect-account.ts'
import type { FinishedFlow, OpenedFlow, RememberedFlow } from './connect-flows.ts'
import { readConnectUrl } from './connect-options.ts'
import type { ConnectControllerOptions } from './controller-options.ts'
import {
  type ConnectTarget,
  type CreatedConnectToken,
  isSameTarget,
  readCreatedToken,
  readInstant,
  type ReadyToken,
} from './connect-tokens.ts'
import type { ConnectControllerState } from './controller-state.ts'
import { readFailure } from './flow-failure.ts'
import type { PreparedTargets } from './prepared-targets.ts'
import { rememberFlow } from './remembered-flows.ts'

/** A flow to run. */
interface Start<Created> {
  target: ConnectTarget
  hideClose?: boolean | undefined
  /** The account is known; only confirm it. */
  finished?: FinishedFlow<Created> | undefined
  /** The caller named `finished`, and has to name it to try again. */
  isNamed?: boolean | undefined
}

/** The running flow. */
interface Run<Created> extends Start<Created> {
  /** Aborted when the run ends, for whatever reason. */
  over: AbortController
  token?: ReadyToken<Created>
  /** Set while the page is open. */
  opened?: OpenedFlow<Created> | undefined
  /** Removes the flow from the browser's storage. */
  forget?: () => void
  /** Ends the flow, while its page is open, with an account that the page did not report. */
  finish?: (flow: FinishedFlow<Created>) => void
}

/** The data of a controller. */
export interface ControllerCore<Created extends CreatedConnectToken> {
  /** The latest. */
  readonly options: { readonly current: ConnectControllerOptions<Created> }
  readonly prepared: PreparedTargets
  readonly listeners: Set<() => void>
  /** Whose everything else is. */
  user: string | undefined
  /** How many times everything was dropped. */
  resets: number
  state: ConnectControllerState<Created>
  /** The flows that were cut off; the state has the latest. */
  readonly interrupted: Set<RememberedFlow<Created>>
  run?: Run<Created> | undefined
  /** Flows that `start` confirms again, by account. */
  readonly unconfirmed: Map<string, FinishedFlow<Created>>
  poll?: ReturnType<typeof setInterval>
}

/** Changes the state. Members that are not given are cleared, except for the interrupted flow, which `core` has. */
export function update<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  next: ConnectControllerState<Created>,
): void {
  const interrupted = [...core.interrupted].at(-1)
  core.state = { ...next, interrupted }
  const options = core.options.current
  const { pollMs = 5000 } = options
  clearInterval(core.poll)
  if (options.readFlow && pollMs && (core.run?.opened ?? interrupted)) {
    core.poll = setInterval(() => void checkFlows(core), pollMs)
  }
  for (const listener of core.listeners) listener()
}

/**
 * Drops everything if the user has changed, because it belongs to the one before. Called where a controller is called
 * or continues.
 */
export function checkUser<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
): void {
  const { user } = core.options.current
  if (user === core.user) return
  core.user = user
  reset(core)
}

/** Whether everything was dropped after `resets` was read: by `cancel`, or because the user has changed. */
export function isReset<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  resets: number,
): boolean {
  checkUser(core)
  return resets !== core.resets
}

/** Drops everything. An account that is being confirmed is still reported. */
export function reset<Created extends CreatedConnectToken>(core: ControllerCore<Created>): void {
  core.resets += 1
  core.interrupted.clear()
  core.unconfirmed.clear()
  leave(core, core.run, { status: 'idle' })
}

/** Ends a run with this state, unless it is over. */
function leave<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  run: Run<Created> | undefined,
  next: ConnectControllerState<Created>,
): void {
  if (run !== core.run) return
  core.run = undefined
  run?.over.abort()
  update(core, next)
}

/** Throws if the run is over. */
function checkRun<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  { over }: Run<Created>,
): void {
  checkUser(core)
  over.signal.throwIfAborted()
}

/** Runs a flow. The dialog is open when this returns, because browsers allow pop-ups and focus only within the click. */
export async function runFlow<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  start: Start<Created>,
): Promise<void> {
  const run: Run<Created> = { ...start, over: new AbortController() }
  const { user } = core
  core.run = run
  let isConfirming = false
  let end: () => void
  try {
    const flow = (run.finished ??= await connect(core, run))
    checkRun(core, run)
    isConfirming = true
    update(core, { status: 'confirming', target: run.target })
    const confirmed = await core.options.current.confirm?.(flow)
    end = () => {
      core.unconfirmed.delete(flow.accountId)
      leave(core, run, { status: 'idle' })
      core.options.current.onConnected?.(flow, confirmed)
    }
  } catch (cause) {
    end = () => fail(core, run, cause)
  }
  run.forget?.()
  checkUser(core)
  // Nothing is reported of another user's flow, nor of one that `cancel` ended before its account was known.
  if ((isConfirming || run === core.run) && user === core.user) end()
}

/** Opens the dialog, gets the token and shows the page; resolves when there is an account. */
async function connect<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  run: Run<Created>,
): Promise<FinishedFlow<Created>> {
  const { target, hideClose, over } = run
  const { signal } = over
  const page = openPage({ labels: core.options.current.labels, signal })
  try {
    update(core, { status: 'preparing', target })
    run.token = await createToken(core, run)
    checkRun(core, run)
    const { connectToken, created } = run.token
    const options = core.options.current
    const flow = { target, created }
    const connectUrl = created.connectUrl ?? options.connectUrl
    // Throws before anyone is told that the flow is open, also if the user has closed the dialog.
    page.show(readConnectUrl({ ...target, connectToken, connectUrl, hideClose }))
    const elsewhere = Promise.withResolvers<FinishedFlow<Created>>()
    run.opened = flow
    run.finish = elsewhere.resolve
    update(core, { status: 'open', target })
    // Separately, so that the flow continues whatever the callback does.
    queueMicrotask(() => {
      checkUser(core)
      if (core.run === run) core.options.current.onOpen?.(flow)
    })
    if (options.readFlow) run.forget = rememberFlow(options, flow, connectToken)
    const here = page.result.then(({ accountId }) => ({ ...flow, accountId }))
    return await Promise.race([elsewhere.promise, here])
  } finally {
    run.opened = undefined
    page.close()
  }
}

/** Has the server create the token, with what it has prepared. Throws if the run is over. */
async function createToken<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  run: Run<Created>,
): Promise<ReadyToken<Created>> {
  await core.prepared.take(run.target)
  checkRun(core, run)
  return readCreatedToken(await core.options.current.createConnectToken(run.target))
}

/** Reports why a flow ended without a confirmed account. */
function fail<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  run: Run<Created>,
  cause: unknown,
): void {
  const { target, token, finished } = run
  const { error, connectLinkUrl } = readFailure(run, cause)
  if (token && !finished && error.code === 'ERR_CANCELLED') {
    leave(core, run, { status: 'idle' })
    return core.options.current.onCancel?.({ target, created: token.created })
  }
  if (finished) {
    const isFinal = cause instanceof Error && 'retryable' in cause && cause.retryable === false
    if (isFinal) core.unconfirmed.delete(finished.accountId)
    else if (!run.isNamed) core.unconfirmed.set(finished.accountId, finished)
  }
  leave(core, run, { status: 'error', target, error, connectLinkUrl })
  core.options.current.onError?.(error, { target, created: token?.created ?? finished?.created })
}

/**
 * Confirms the account of a flow that the caller names. It may be an interrupted one, so those for its target are
 * forgotten.
 */
export async function finishNamedFlow<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  flow: FinishedFlow<Created>,
): Promise<void> {
  for (const one of core.interrupted) {
    if (isSameTarget(one.target, flow.target)) core.interrupted.delete(one)
  }
  update(core, core.state)
  await finishFlow(core, flow, true)
}

/**
 * Confirms the account of a flow that its page did not report. Closes the page, if one is open for the same target;
 * else waits until the running flow has ended.
 */
async function finishFlow<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  flow: FinishedFlow<Created>,
  isNamed = false,
): Promise<void> {
  const { target } = flow
  const { resets } = core
  for (let { run } = core; run; { run } = core) {
    if (run.opened && isSameTarget(run.target, target)) {
      // The next flow for this target waits for the end of this one.
      run.opened = undefined
      return run.finish?.(flow)
    }
    const { signal } = run.over
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    if (isReset(core, resets)) return
  }
  await runFlow(core, { target, finished: flow, isNamed })
}

/** Asks the server about the flows that this page knows of. */
export async function checkFlows<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
): Promise<void> {
  checkUser(core)
  const flows = [core.run?.opened, ...core.interrupted]
  await Promise.all(flows.map(async (flow) => flow && checkFlow(core, flow)))
}

/** Asks the server whether a flow has an account by now. */
export async function checkFlow<Created extends CreatedConnectToken>(
  core: ControllerCore<Created>,
  flow: RememberedFlow<Created>,
  isClaimed = false,
): Promise<void> {
  const { resets } = core
  // If the server cannot be asked, the flow may still be finished later.
  const read = async () => core.options.current.readFlow?.(flow)
  const result = await read().catch(() => ({ accountId: null }))
  if (isReset(core, resets)) return
  const isOpen = core.run?.opened === flow
  const isInterrupted = core.interrupted.has(flow)
  // It may have ended meanwhile.
  if (!isOpen && !isInterrupted && !isClaimed) return
  const accountId = result?.accountId
  const isWaiting = result && !accountId && readInstant(flow.created.expiresAt) > Date.now()
  if (isWaiting && !isOpen) core.interrupted.add(flow)
  else core.interrupted.delete(flow)
  if (core.interrupted.has(flow) !== isInterrupted) update(core, core.state)
  if (accountId) void finishFlow(core, { ...flow, accountId })
}
