import { StrictMode, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import {
  ConnectButton,
  type ConnectButtonProps,
  ConnectError,
  ConnectProvider,
  type ConnectTarget,
  type FinishedFlow,
  type OpenedFlow,
  type PreparedConnectToken,
  useConnectAccount,
} from '../src/react.ts'

/** How a callback of the page settles: immediately, with an error, or when the test says so. */
export type Answer = 'ok' | 'fail' | 'final' | 'own sentence' | 'wait'

/** A component of the page. */
export interface Widget extends ConnectTarget {
  hideClose?: boolean
  /** What the test finds it by. */
  name: string
  kind: 'button' | 'function' | 'hook' | 'mixed' | 'mixed function'
}

/** What a test decides about the page; it may be changed at any time. */
export interface Scene {
  widgets: Widget[]
  token: Answer
  prepare: Answer
  /** How the provider's `onOpen` goes. */
  open: 'ok' | 'fail'
  /** `none`: the provider has no `confirm`. */
  confirm: Answer | 'none'
  lifeMs: number
  expiresAs: 'date' | 'text' | 'milliseconds' | 'seconds' | 'nonsense' | 'null'
  connectLinkUrl: string | null
  connectUrl: string
  user: string
}

const CONNECT_URL = 'https://connect.example.net/_static/connect.html'

const scene: Scene = {
  widgets: [{ name: 'main', kind: 'button', app: 'slack' }],
  token: 'ok',
  prepare: 'ok',
  open: 'ok',
  confirm: 'none',
  lifeMs: 600_000,
  expiresAs: 'date',
  connectLinkUrl: null,
  connectUrl: CONNECT_URL,
  user: 'ada',
}

interface Created {
  connectToken: string
  expiresAt: Date | string | number
  connectLinkUrl: string | null
  flowId: string
}

/** What the page did, as the test reads it. */
const log = {
  tokenCalls: [] as ConnectTarget[],
  prepareCalls: [] as ConnectTarget[],
  openCalls: [] as OpenedFlow<Created>[],
  confirmCalls: [] as FinishedFlow<Created>[],
  connected: [] as { accountId: string; confirmed: unknown; generation: number }[],
  errors: [] as { code: string; message: string; cause: string }[],
  cancels: 0,
  states: {} as Record<string, string[]>,
  effects: 0,
  /** How many dialogs there were in the animation frame right after each click. */
  dialogsAfterClick: [] as number[],
  /** How many there were as soon as React was done with a click that a script made. */
  dialogsOnClick: [] as number[],
  ownHandlers: [] as string[],
  refs: [] as string[],
  unstable: 0,
  reported: [] as string[],
}
type Asked = 'token' | 'prepare' | 'confirm'

const waiting: Record<Asked, ((answer: Answer) => void)[]> = {
  token: [],
  prepare: [],
  confirm: [],
}

const answerOf = (kind: Asked, answer: Answer) =>
  answer === 'wait' ? new Promise<Answer>((resolve) => waiting[kind].push(resolve)) : answer

function refuse(answer: Answer): void {
  if (answer === 'fail') throw new Error('HTTP 500 from /api/internal')
  if (answer === 'final') throw Object.assign(new Error('Not yours.'), { retryable: false })
  if (answer === 'own sentence') throw new ConnectError('ERR_TOKEN_FAILED', 'Three is the most.')
}

async function createConnectToken(target: ConnectTarget): Promise<Created> {
  const count = log.tokenCalls.push(target)
  refuse(await answerOf('token', scene.token))
  return {
    connectToken: `ctok_${count}`,
    expiresAt: expiry(),
    connectLinkUrl: scene.connectLinkUrl,
    flowId: `flow-${count}`,
  }
}

async function prepareConnectToken(target: ConnectTarget): Promise<PreparedConnectToken> {
  log.prepareCalls.push(target)
  refuse(await answerOf('prepare', scene.prepare))
  return { expiresAt: expiry() }
}

function expiry(): Date | string | number {
  const date = new Date(Date.now() + scene.lifeMs)
  if (scene.expiresAs === 'text') return date.toISOString()
  if (scene.expiresAs === 'milliseconds') return date.getTime()
  if (scene.expiresAs === 'seconds') return Math.floor(date.getTime() / 1000)
  if (scene.expiresAs === 'nonsense') return 'soon'
  if (scene.expiresAs === 'null') return JSON.parse('null')
  return date
}

function onOpen(flow: OpenedFlow<Created>): void {
  log.openCalls.push(flow)
  refuse(scene.open)
}

async function confirm(flow: FinishedFlow<Created>): Promise<string> {
  log.confirmCalls.push(flow)
  refuse(await answerOf('confirm', scene.confirm === 'none' ? 'ok' : scene.confirm))
  return `confirmed ${flow.created.flowId}`
}

function callbacks(generation: number) {
  return {
    onConnected: ({ accountId }: FinishedFlow, confirmed: unknown) =>
      log.connected.push({ accountId, confirmed, generation }),
    onError: ({ code, message, cause }: ConnectError) =>
      log.errors.push({ code, message, cause: String(cause) }),
    onCancel: () => {
      log.cancels += 1
    },
  }
}

function see(name: string, state: string): void {
  const states = (log.states[name] ??= [])
  if (states.at(-1) !== state) states.push(state)
}

interface WidgetProps {
  widget: Widget
  generation: number
}

function HookWidget({ widget, generation }: WidgetProps) {
  const { name } = widget
  const controls = useConnectAccount({ ...widget, ...callbacks(generation) })
  const { state, busy, error, connectLinkUrl, connect, cancel, prefetch, openLink } = controls
  useEffect(() => see(name, state), [name, state])
  const functions = [connect, cancel, prefetch, openLink, controls.intentProps]
  const before = useRef(functions)
  useEffect(() => {
    if (before.current.some((one, index) => one !== functions[index])) log.unstable += 1
  })
  return (
    <p>
      <button id={name} onClick={connect} data-state={state} data-busy={busy}>
        {error?.message}
      </button>
      <button id={`${name}-cancel`} onClick={cancel}>
        Cancel
      </button>
      <button id={`${name}-prefetch`} onClick={prefetch}>
        Prefetch
      </button>
      <button id={`${name}-link`} onClick={openLink}>
        {connectLinkUrl}
      </button>
    </p>
  )
}

function ownHandler(event: { type: string }): void {
  log.ownHandlers.push(event.type)
}

const LABELS: Partial<Record<Widget['kind'], ConnectButtonProps['children']>> = {
  function: ({ state, error }) => `${state}: ${error?.code}`,
  mixed: (
    <>
      <i /> Connect <b>Slack</b>
    </>
  ),
  'mixed function': ({ state, busy }) => (
    <>
      {busy && <i />}
      {busy ? 'Wait' : 'Connect'} <b>{state}</b>
    </>
  ),
}

function ButtonWidget({ widget: { name, kind, ...target }, generation }: WidgetProps) {
  return (
    <ConnectButton
      {...target}
      {...callbacks(generation)}
      id={name}
      className="mine"
      ref={(button) => void log.refs.push(button?.tagName ?? 'null')}
      onFocus={ownHandler}
      onClick={(event) => {
        ownHandler(event)
        if (event.altKey) event.preventDefault()
      }}
    >
      {LABELS[kind]}
    </ConnectButton>
  )
}

function App() {
  const [generation, setGeneration] = useState(0)
  useEffect(() => {
    log.effects += 1
    lab.render = () => setGeneration((count) => count + 1)
  }, [])
  return (
    <ConnectProvider
      createConnectToken={createConnectToken}
      prepareConnectToken={prepareConnectToken}
      connectUrl={scene.connectUrl}
      user={scene.user}
      onOpen={onOpen}
      {...(scene.confirm !== 'none' && { confirm })}
    >
      {scene.widgets.map((widget) => {
        const Component = widget.kind === 'hook' ? HookWidget : ButtonWidget
        return <Component key={widget.name} widget={widget} generation={generation} />
      })}
    </ConnectProvider>
  )
}

const lab = {
  log,
  render: () => {},
  set(changes: Partial<Scene>) {
    Object.assign(scene, changes)
    // The test's next step finds the page as it is to be.
    flushSync(() => lab.render())
  },
  settle: (kind: Asked, answer: Answer) => waiting[kind].shift()?.(answer),
}
export type Lab = typeof lab
Object.assign(globalThis, { labOf: () => lab })

// Before React hears of the click.
addEventListener(
  'click',
  () =>
    requestAnimationFrame(() => {
      log.dialogsAfterClick.push(document.querySelectorAll('dialog').length)
    }),
  true,
)
addEventListener('click', () => log.dialogsOnClick.push(document.querySelectorAll('dialog').length))
addEventListener('unhandledrejection', ({ reason }) => log.reported.push(String(reason)))
addEventListener('error', ({ message }) => log.reported.push(message))

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
