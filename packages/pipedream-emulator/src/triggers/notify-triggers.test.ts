import { expect, test } from 'vitest'
import { createClock } from '../state/clock.ts'
import type { ConfiguredProps } from '../components/component.ts'
import { createFaults } from '../faults/faults.ts'
import { readInferred } from '../inferred.ts'
import { notifyTriggers } from './notify-triggers.ts'
import { createRateLimits } from '../server/rate-limits.ts'
import { createStore } from '../state/store.ts'
import { createWebhooks } from '../server/webhooks.ts'
import { DEFAULT_CREDENTIALS, type EmulatorContext } from '../state/emulator-context.ts'
import { TRIGGERS } from '../components/registry.ts'

const NOW = new Date('2026-01-01T00:00:00Z')

const sleep = async () => undefined

/** The emulator as a provider or an endpoint uses it. */
function createScene() {
  const clock = createClock(() => NOW)
  const faults = createFaults()
  const webhooks = createWebhooks({ fetch: async () => ({ status: 200 }), clock, faults, sleep })
  const store = createStore()
  const context: EmulatorContext = {
    store,
    clock,
    faults,
    webhooks,
    sleep,
    credentials: DEFAULT_CREDENTIALS,
    project: {
      id: 'proj_emulator',
      name: 'Emulator',
      appName: '',
      supportEmail: '',
      requireKeyAuthTest: true,
    },
    rateLimits: createRateLimits(clock, false),
    developmentUserLimit: 10,
    publicUrl: 'http://localhost:4010',
    inferred: readInferred({}),
    linkOrigin: 'http://localhost:4010',
  }
  return {
    context,
    plant: (id: string, key: string, configuredProps: ConfiguredProps) => {
      const component = TRIGGERS.find((one) => one.key === key)
      store.deployedTriggers.set(id, {
        id,
        projectId: 'proj_emulator',
        environment: 'development',
        externalUserId: 'ada',
        componentId: 'sc_One',
        componentKey: key,
        endpointKey: null,
        schedule: null,
        emitter: 'source',
        props: component?.props ?? [],
        configuredProps,
        active: true,
        name: id,
        emitOnDeploy: true,
        workflowIds: [],
        webhooks: [],
        events: [],
        createdAt: NOW,
        updatedAt: NOW,
      })
    },
    eventsOf: (id: string) =>
      store.deployedTriggers.get(id)?.events.map(({ event, summary }) => [event, summary]),
  }
}

const SHEETS = 'google_sheets-new-row-added'
const sheets = (account: string, sheetID: unknown, worksheetIDs?: unknown) => ({
  googleSheets: { authProvisionId: account },
  sheetID,
  worksheetIDs,
})

test('a row reaches the triggers of its account, spreadsheet and worksheet', () => {
  const { context, plant, eventsOf } = createScene()
  plant('dc_Any', SHEETS, sheets('apn_One', 's1'))
  plant('dc_Labelled', SHEETS, sheets('apn_One', { __lv: { label: 'S', value: 's1' } }, ['W']))
  plant('dc_Worksheet', SHEETS, sheets('apn_One', 's1', ['Other']))
  plant('dc_Spreadsheet', SHEETS, sheets('apn_One', 's2'))
  plant('dc_Account', SHEETS, sheets('apn_Two', 's1'))
  plant('dc_Slack', 'slack-new-message', { slack: { authProvisionId: 'apn_One' } })
  const event = { row: ['a'], spreadsheetId: 's1', worksheet: 'W', rowNumber: 2 }
  notifyTriggers(context, { componentKey: SHEETS, accountId: 'apn_One', event, summary: 'Row 2' })
  const reached = [...context.store.deployedTriggers.keys()].filter((id) => eventsOf(id)?.length)
  expect(reached).toEqual(['dc_Any', 'dc_Labelled'])
  expect(eventsOf('dc_Any')).toEqual([[event, 'Row 2']])
  expect([...context.store.usage.values()]).toMatchObject([{ emittedEvents: 2 }])
})

test('a message reaches the triggers of its channel', () => {
  const { context, plant, eventsOf } = createScene()
  const slack = { authProvisionId: 'apn_One' }
  plant('dc_Any', 'slack-new-message', { slack })
  plant('dc_Here', 'slack-new-message', { slack, conversations: ['C01'] })
  plant('dc_There', 'slack-new-message', { slack, conversations: ['C02'] })
  notifyTriggers(context, {
    componentKey: 'slack-new-message',
    accountId: 'apn_One',
    event: { text: 'hi', channel: 'C01', ts: '1.0' },
    summary: 'hi',
  })
  const counts = ['dc_Any', 'dc_Here', 'dc_There'].map((id) => eventsOf(id)?.length)
  expect(counts).toEqual([1, 1, 0])
})

test('a request reaches only the trigger that it is for', () => {
  const { context, plant, eventsOf } = createScene()
  const componentKey = 'http-new-requests'
  plant('hi_One', componentKey, {})
  plant('hi_Two', componentKey, {})
  plant('dc_Slack', 'slack-new-message', {})
  for (const triggerId of ['hi_Two', 'hi_Unknown', 'dc_Slack']) {
    const event = { triggerId, method: 'POST' }
    notifyTriggers(context, { componentKey, accountId: null, event, summary: 'POST /' })
  }
  expect(eventsOf('hi_One')).toEqual([])
  expect(eventsOf('hi_Two')).toEqual([[{ method: 'POST' }, 'POST /']])
  expect(eventsOf('dc_Slack')).toEqual([])
})
