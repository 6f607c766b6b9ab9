import { ConnectError } from 'pipedream-client/react'
import { describe, expect, test } from 'vitest'
import type { Notice } from '../ui/notices.ts'
import type { Answer, ConfirmedAccount, CutOff, LeftFlow } from './connect-calls.ts'
import { type ConnectTarget, targetKey } from './connect-target.ts'
import { createFlowDesk } from './create-flow-desk.ts'
import type { FlowDeskTools } from './flow-desk-tools.ts'
import { messages } from './messages/en.ts'

const SHEETS: ConnectTarget = { app: 'google_sheets', appName: 'Google Sheets' }
const FRUIT = { flowId: 'flow-1', accountId: 'apn_1' }

interface World {
  isOnline?: boolean
  cutOff?: CutOff
  left?: LeftFlow
  confirmed?: Answer<ConfirmedAccount>[]
}

/** A desk whose page, server and frame do what a test says. */
function openDesk({ isOnline = true, cutOff, left, confirmed = [] }: World = {}) {
  const did: string[] = []
  const notices: Notice[] = []
  const tools: FlowDeskTools = {
    words: { ...messages.flow, offline: 'offline', broken: 'broken' },
    known: new Map([
      [
        targetKey(SHEETS),
        {
          token: 'ctok_emulated',
          connectUrl: '',
          connectLinkUrl: '',
          expiresAt: '2100-01-01T00:00:00Z',
          flow: { id: 'flow-1', supportCode: 'ABCD-1234' },
          accountName: 'ada@example.com',
        },
      ],
    ]),
    isOnline: () => isOnline,
    sentence: () => 'Not now.',
    readCutOff: async () => cutOff,
    async confirm({ flowId, accountId }) {
      did.push(`confirm ${accountId} of ${flowId}`)
      return confirmed.shift() ?? { ok: true, value: { id: accountId, name: 'ada@example.com' } }
    },
    async leave({ flowId, trouble }) {
      did.push(['leave', flowId, trouble].filter(Boolean).join(' '))
      return left
    },
    notify: (notice) => void notices.push(notice),
    dismiss: () => undefined,
    addRunner(target) {
      desk.listener.onReady(target, {
        connect: () => void did.push('connect'),
        prefetch: () => void did.push('prefetch'),
        cancel: () => void did.push('cancel'),
        openLink: () => false,
      })
    },
    setFlow: ({ status }) => void did.push(status),
    onArrival: (accountId) => void did.push(`arrival ${accountId}`),
    returnFocus: () => undefined,
    remember: () => undefined,
  }
  const desk = createFlowDesk({ current: tools })
  return { desk, did, notices }
}

const OPEN = { state: 'open', error: undefined, connectLinkUrl: undefined } as const

/** Lets everything that needs no more than a turn happen. */
async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done))
}

test('one flow goes on at a time', () => {
  const { desk, did } = openDesk()
  desk.start(SHEETS, {})
  desk.start(SHEETS, {})
  desk.listener.onStatus(SHEETS, OPEN)
  expect(did).toEqual(['connect', 'open'])
})

test('offline, no flow is begun, and the next attempt is offered', () => {
  const { desk, did, notices } = openDesk({ isOnline: false })
  desk.start(SHEETS, {})
  expect(did).toEqual([])
  expect(notices[0]?.onRetry).toBeDefined()
})

describe('an account that the server hears of first', () => {
  test('ends the open flow', async () => {
    const { desk, did, notices } = openDesk()
    desk.start(SHEETS, {})
    desk.listener.onStatus(SHEETS, OPEN)
    desk.onHeld(FRUIT)
    await settled()
    expect(did.slice(2)).toEqual([
      'cancel',
      'confirming',
      'confirm apn_1 of flow-1',
      'idle',
      'arrival apn_1',
    ])
    expect(notices.at(-1)?.kind).toBe('success')
  })

  test('of another flow is none of this page’s business', async () => {
    const { desk, did } = openDesk()
    desk.start(SHEETS, {})
    desk.listener.onStatus(SHEETS, OPEN)
    desk.onHeld({ ...FRUIT, flowId: 'flow-2' })
    await settled()
    expect(did.join()).not.toContain('confirm')
  })

  test('is confirmed again when that did not work at first', async () => {
    const { desk, did, notices } = openDesk({ confirmed: [{ ok: false, failure: undefined }] })
    desk.start(SHEETS, {})
    desk.listener.onStatus(SHEETS, OPEN)
    desk.onHeld(FRUIT)
    await settled()
    notices.at(-1)?.onRetry?.()
    await settled()
    expect(did.filter((deed) => deed.startsWith('confirm '))).toHaveLength(2)
    expect(did.at(-1)).toBe('arrival apn_1')
  })
})

describe('a flow that a reload has cut off', () => {
  const open: CutOff = { status: 'OPEN', accountId: null, heldAccountId: null }

  test('is not closed: what its window makes is taken in', async () => {
    const { desk, did, notices } = openDesk({ cutOff: open })
    await desk.endCutOff('flow-1', SHEETS)
    expect(notices[0]?.text).toContain('was cut off')
    desk.onHeld(FRUIT)
    await settled()
    expect(did).toEqual(['confirm apn_1 of flow-1', 'arrival apn_1'])
  })

  test('has made an account by then: it is taken in', async () => {
    const { desk, did } = openDesk({ cutOff: { ...open, heldAccountId: 'apn_1' } })
    await desk.endCutOff('flow-1', SHEETS)
    expect(did).toEqual(['confirm apn_1 of flow-1', 'arrival apn_1'])
  })

  test('has succeeded by then: it is said', async () => {
    const { desk, did } = openDesk({
      cutOff: { status: 'SUCCEEDED', accountId: 'apn_1', heldAccountId: null },
    })
    await desk.endCutOff('flow-1', SHEETS)
    expect(did).toEqual(['arrival apn_1'])
  })

  test('of somebody else is not spoken of', async () => {
    const { desk, notices } = openDesk()
    await desk.endCutOff('flow-1', SHEETS)
    expect(notices).toEqual([])
  })
})

test('a flow that fails is closed with its trouble, and the person gets a code', async () => {
  const { desk, did, notices } = openDesk()
  desk.start(SHEETS, {})
  desk.listener.onStatus(SHEETS, {
    state: 'error',
    error: new ConnectError('ERR_TIMEOUT', 'It took too long.'),
    connectLinkUrl: undefined,
  })
  await settled()
  expect(did).toContain('leave flow-1 TIMED_OUT')
  expect(notices.at(-1)?.supportCode).toBe('ABCD-1234')
})

test('a flow that the person closes may have made an account all the same', async () => {
  const { desk, did } = openDesk({ left: { accountId: 'apn_1' } })
  desk.start(SHEETS, {})
  desk.listener.onStatus(SHEETS, OPEN)
  desk.listener.onCancel(SHEETS)
  await settled()
  expect(did.slice(-2)).toEqual(['leave flow-1', 'arrival apn_1'])
})
