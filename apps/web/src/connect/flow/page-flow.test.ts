import { ConnectError, type FinishedFlow } from 'pipedream-client/react'
import { Client, fetchExchange } from 'urql'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Notice } from '../../ui/notices.ts'
import type { ConnectTarget } from '../connect-flow.ts'
import { CallError } from './flow-failure.ts'
import { messages } from './messages/en.ts'
import {
  confirmHeld,
  endCancelled,
  endFailed,
  type Page,
  type PageFlow,
  startFlow,
  tellInterrupted,
} from './page-flow.ts'

const SHEETS: ConnectTarget = { app: 'google_sheets', appName: 'Google Sheets' }
const FLOW = {
  target: { app: 'google_sheets' },
  created: {
    token: 'ctok_emulated',
    connectUrl: '',
    connectLinkUrl: '',
    expiresAt: '2100-01-01T00:00:00Z',
    flow: { id: 'flow-1', supportCode: 'ABCD-1234' },
    appName: 'Google Sheets',
  },
}

/** A page whose gateway and controller do what a test says. */
function openPage({
  accountId = null as string | null,
  connectLinkUrl = undefined as string | undefined,
} = {}) {
  const log: string[] = []
  const notices: Notice[] = []
  const resumed: FinishedFlow<PageFlow>[] = []
  const client = new Client({
    url: 'http://localhost/graphql',
    exchanges: [fetchExchange],
    preferGetMethod: false,
    async fetch(url, init) {
      const { operationName, variables } = await new Request(url, init).json()
      log.push(`${operationName} ${variables.input.flowId} ${variables.input.trouble}`)
      const flow = {
        id: 'flow-1',
        status: accountId === null ? 'CANCELLED' : 'SUCCEEDED',
        accountId,
      }
      return Response.json({ data: { cancelFlow: { __typename: 'CancelledFlow', flow } } })
    },
  })
  const page: Page = {
    appNames: new Map(),
    tools: {
      current: {
        client,
        controller: {
          getState: () => ({ status: page.started ? 'open' : 'idle', connectLinkUrl }),
          start: ({ app }) => void log.push(`start ${app}`),
          openLink: () => false,
          resume: async (flow) => void (flow && resumed.push(flow)),
          prefetch: () => undefined,
          cancel: () => undefined,
          subscribe: () => () => undefined,
        },
        messages: { ...messages.flow, offline: 'offline', broken: 'broken' },
        sentence: () => 'Not now.',
        notify: (notice) => void notices.push(notice),
        dismiss: () => undefined,
        onArrival: (accountId) => void log.push(`arrival ${accountId}`),
      },
    },
  }
  return { page, log, notices, resumed }
}

const said = async (notices: Notice[]) => {
  await vi.waitFor(() => expect(notices).not.toEqual([]))
  return notices.at(-1)
}

beforeEach(() => vi.stubGlobal('navigator', { onLine: true }))
afterEach(() => vi.unstubAllGlobals())

test('offline, no flow starts, and the next attempt is offered', () => {
  vi.stubGlobal('navigator', { onLine: false })
  const { page, log, notices } = openPage()
  startFlow(page, SHEETS, {})
  expect(log).toEqual([])
  vi.stubGlobal('navigator', { onLine: true })
  notices[0]?.onRetry?.()
  expect(log).toEqual(['start google_sheets'])
})

describe('a flow that fails', () => {
  test('in the browser is closed with its trouble, and the user gets a support code', async () => {
    const { page, log, notices } = openPage()
    endFailed(page, new ConnectError('ERR_TIMEOUT', 'It took too long.'), FLOW)
    expect(await said(notices)).toMatchObject({ kind: 'error', supportCode: 'ABCD-1234' })
    expect(log).toEqual(['CancelFlow flow-1 TIMED_OUT'])
  })

  test('at the gateway is not closed, and says why', () => {
    const { page, log, notices } = openPage()
    const failure = { __typename: 'RateLimited', message: 'Slow down.', supportCode: 'EFGH-5678' }
    endFailed(page, new CallError('ERR_TOKEN_FAILED', failure), { ...FLOW, created: undefined })
    expect(notices[0]).toMatchObject({ supportCode: 'EFGH-5678' })
    expect(notices[0]?.text).toContain('Not now.')
    expect(log).toEqual([])
  })

  test('because its frame is blocked stays open, and is offered in a new tab until that opens', () => {
    const { page, log, notices } = openPage({ connectLinkUrl: 'https://connect.example.net/link' })
    endFailed(page, new ConnectError('ERR_FRAME_BLOCKED', 'A header.'), FLOW)
    expect(notices[0]?.retryLabel).toBe(messages.flow.openTab)
    notices[0]?.onRetry?.()
    expect(notices[1]?.text).toContain(messages.flow.popupBlocked)
    expect(notices[1]?.retryLabel).toBe(messages.flow.openTab)
    expect(log).toEqual([])
  })
})

test.each(['', ' while another flow runs'])(
  'a held account%s that cannot be confirmed is confirmed again, not connected again',
  async (running) => {
    const { page, log, notices, resumed } = openPage()
    if (running) startFlow(page, { app: 'slack', appName: 'Slack' }, {})
    await confirmHeld(page, SHEETS, { flowId: 'flow-1', accountId: 'apn_1' })
    page.started = undefined
    const [flow] = resumed
    if (flow) endFailed(page, new CallError('ERR_CONFIRM_FAILED', undefined), flow)
    notices.at(-1)?.onRetry?.()
    expect(resumed).toEqual([flow, flow])
    expect(log).toEqual(running ? ['start slack'] : [])
  },
)

test('a flow that the user closed may have made an account nevertheless', async () => {
  const { page, log, notices } = openPage({ accountId: 'apn_1' })
  endCancelled(page, FLOW)
  expect(await said(notices)).toMatchObject({ kind: 'success' })
  expect(log).toEqual(['CancelFlow flow-1 null', 'arrival apn_1'])
})

test('a flow that a reload cut off is not closed, and can be started again', () => {
  const { page, log, notices } = openPage()
  tellInterrupted(page, FLOW)
  expect(notices[0]).toMatchObject({ kind: 'quiet' })
  notices[0]?.onRetry?.()
  expect(log).toEqual(['start google_sheets'])
})
