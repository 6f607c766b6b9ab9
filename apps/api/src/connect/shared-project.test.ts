import { mkdtemp, rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPipedreamClient } from 'pipedream-client/server'
import { expect, onTestFinished, test } from 'vitest'
import { createPerson } from '../../test/fixtures/create-person.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import {
  createTimedGateway,
  finishUrlOf,
  follow,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  type TimedGateway,
} from '../../test/fixtures/follow-flow.ts'
import { openDatabase } from '../store/open-database.ts'

const MINUTE_MS = 60_000
const STRANGER = { cookies: new Map<string, string>() }
const CANCEL = 'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename } }'

/** A second gateway with its own database, on the Pipedream project of the first one. */
async function share({ emulator }: TimedGateway): Promise<TimedGateway> {
  let offset = 0
  const pipedream = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  })
  const now = () => new Date(Date.now() + offset)
  const second = await createTestGateway({ pipedream, now })
  const browser = () => createPerson(second.server, emulator)
  await second.server.reconcile()
  return {
    ...second,
    emulator,
    browser,
    async signIn(externalUserId) {
      const person = browser()
      await person.post('/auth/demo', { externalUserId })
      return person
    },
    advance: (milliseconds) => void (offset += milliseconds),
  }
}

async function runBoth(first: TimedGateway, second: TimedGateway, milliseconds: number) {
  for (let passed = 0; passed < milliseconds; passed += MINUTE_MS / 2) {
    first.advance(MINUTE_MS / 2)
    second.advance(MINUTE_MS / 2)
    await first.server.reconcile()
    await second.server.reconcile()
  }
}

test('a gateway does not delete what was connected and confirmed at another one of its project', async () => {
  const first = await createTimedGateway()
  const second = await share(first)
  const [here, there] = [await first.signIn('ada'), await second.signIn('ada')]
  const started = await there.startConnecting('openai')
  await there.query(`mutation { openFlow(input: { flowId: "${started.flowId}" }) { __typename } }`)
  const accountId = await here.connectOpenai()
  const left = await there.startConnecting('openai')
  await there.field(CANCEL, { flowId: left.flowId })
  const revoked = await there.startConnecting('openai')
  await follow(second, await finishUrlOf(second, revoked.token), STRANGER)
  await second.server.reconcile()
  await runBoth(first, second, 30 * MINUTE_MS)
  expect(await showAccounts(here)).toEqual([{ id: accountId, held: false }])
  expect(await showHold(there, accountId)).toEqual({
    heldReason: 'FINISHED_ELSEWHERE',
    canKeep: false,
  })
})

test('what is there when a gateway first meets a project is usable', async () => {
  const first = await createTimedGateway()
  const accountId = await (await first.signIn('ada')).connectOpenai()
  const second = await share(first)
  expect(await showAccounts(await second.signIn('ada'))).toEqual([{ id: accountId, held: false }])
})

test('a restored backup deletes nothing that was confirmed since', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'api-restore-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [file, copy] = [join(folder, 'gateway.sqlite'), join(folder, 'copy.sqlite')]
  const gateway = await createTimedGateway({ database: await openDatabase(file) })
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  await sendWebhook(gateway)
  backUp(file, copy)
  await ada.confirm(flowId, accountId)
  await live(gateway, 5 * MINUTE_MS)
  await gateway.server.close()
  const { emulator } = gateway
  let offset = 5 * MINUTE_MS
  const restored = await createTestGateway({
    database: await openDatabase(copy),
    now: () => new Date(Date.now() + offset),
    pipedream: createPipedreamClient({
      ...emulator.credentials,
      projectEnvironment: 'development',
      fetch: (url, init) => emulator.fetch(new Request(url, init)),
    }),
  })
  for (let passed = 0; passed < 30 * MINUTE_MS; passed += MINUTE_MS / 2) {
    await restored.server.reconcile()
    offset += MINUTE_MS / 2
  }
  const person = createPerson(restored.server, emulator)
  for (const [name, value] of ada.cookies) person.cookies.set(name, value)
  expect(await showHold(person, accountId)).toEqual({ heldReason: 'NOT_FINISHED', canKeep: true })
})

function backUp(file: string, copy: string): void {
  const database = new DatabaseSync(file)
  database.exec(`vacuum into '${copy}'`)
  database.close()
}
