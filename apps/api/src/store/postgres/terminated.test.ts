import { Client } from 'pg'
import { createPipedreamClient } from 'pipedream-client/server'
import { createEmulator } from 'pipedream-emulator'
import { expect, onTestFinished, test } from 'vitest'
import { createPerson, type Person } from '../../../test/fixtures/create-person.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { describePostgres } from '../../../test/fixtures/engines.ts'
import { insist } from '../../../test/fixtures/insist.ts'
import { openDatabase } from '../open-database.ts'

const CLIENTS = 20
const KILLS = 12
const START = `mutation { createConnectToken(input: { app: "openai" }) {
  __typename ... on ConnectToken { token flow { id } } } }`
const CONFIRM = `mutation ($flowId: ID!, $accountId: ID!) {
  confirmConnection(input: { flowId: $flowId, accountId: $accountId }) { __typename } }`

async function connect(person: Person): Promise<{ flowId: string; accountId: string }> {
  const started = await insist(() => person.post('/graphql', { query: START }))
  const { token, flow } = started as { token: string; flow: { id: string } }
  const variables = { flowId: flow.id, accountId: await person.typeKey(token, 'openai') }
  const confirmed = await insist(() => person.post('/graphql', { query: CONFIRM, variables }))
  expect(confirmed).toEqual({ __typename: 'ConfirmedConnection' })
  return variables
}

/** Terminates all connections to a database again and again, each time after some requests were answered. */
async function createKiller(location: string) {
  // Connected to another database, so that it does not terminate itself.
  const admin = new Client({ connectionString: process.env.TEST_DATABASE_URL })
  await admin.connect()
  onTestFinished(() => admin.end())
  const name = new URL(location).pathname.slice(1)
  let next = Promise.withResolvers<void>()
  let killed = 0
  const course = { isOver: false }
  return {
    get killed() {
      return killed
    },
    answered: () => next.resolve(),
    async run(): Promise<void> {
      while (!course.isOver) {
        await next.promise
        next = Promise.withResolvers()
        const { rowCount } = await admin.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
          [name],
        )
        if (rowCount) killed += 1
      }
    },
    stop() {
      course.isOver = true
      next.resolve()
    },
  }
}

describePostgres('when connections to PostgreSQL are terminated', (engine) => {
  test('requests under way get a response or a retryable error, and nothing acknowledged is lost', async () => {
    const { location, remove } = await engine.makePlace()
    onTestFinished(remove)
    const database = await openDatabase(location)
    onTestFinished(() => database.close())
    const uncaught: unknown[] = []
    const note = (error: unknown) => void uncaught.push(error)
    process.on('uncaughtException', note)
    onTestFinished(() => void process.off('uncaughtException', note))
    const emulator = createEmulator({ rateLimits: false, developmentUserLimit: Infinity })
    const pipedream = createPipedreamClient({
      ...emulator.credentials,
      projectEnvironment: 'development',
      fetch: (url, init) => emulator.fetch(new Request(url, init)),
    })
    const { server, complaints } = await createTestGateway({ database, pipedream })
    const killer = await createKiller(location)
    const acknowledged = new Map<Person, string[]>()

    async function work(person: Person, name: string): Promise<void> {
      await insist(() => person.post('/auth/demo', { externalUserId: name }))
      const flows: string[] = []
      acknowledged.set(person, flows)
      while (killer.killed < KILLS) {
        flows.push((await connect(person)).flowId)
        killer.answered()
      }
    }
    const clients = Array.from({ length: CLIENTS }, (_, index) =>
      work(createPerson(server, emulator), `user-${index}`),
    )
    await Promise.all([killer.run(), Promise.all(clients).finally(() => killer.stop())])

    expect(uncaught).toEqual([])
    for (const [person, flows] of acknowledged) {
      for (const flowId of flows) {
        const query = `{ flow(id: "${flowId}") { status } }`
        const flow = await insist(() => person.post('/graphql', { query }))
        expect(flow).toEqual({ status: 'SUCCEEDED' })
      }
    }
    expect(complaints().filter(({ level }) => level === 'error')).toEqual([])
    const ready = await server.fetch(new Request('http://localhost:3000/health/ready'))
    expect(ready.status).toBe(200)
  })
})
