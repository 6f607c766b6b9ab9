// What one request may cost. Raise a number only for what every request needs from then on.
import { StatementSync } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createVerifyJwt } from '../src/auth/verify-jwt.ts'
import { defaultLimits } from '../src/config/limit-settings.ts'
import { openRateLimits } from '../src/http/rate-limits.ts'
import { createAccountHealth } from '../src/store/account-health.ts'
import { openDatabase } from '../src/store/open-database.ts'
import { sha256 } from '../src/store/secrets.ts'
import { createIssuer } from './fixtures/create-issuer.ts'
import { createTestGateway, testLimits } from './fixtures/create-test-gateway.ts'

const MOST = {
  createConnectToken: {
    upstreamCalls: 1,
    // Begin, flow, event, commit.
    statements: 4,
    transactions: 1,
    // The event, and the request.
    logLines: 2,
    bodyBytes: 360,
    headerBytes: 650,
  },
  accounts: {
    upstreamCalls: 1,
    statements: 5,
    transactions: 0,
    logLines: 1,
    bodyBytes: 180,
    headerBytes: 650,
  },
}

const SERVICE_KEY = 'service-key-of-the-test-of-what-requests-cost'
const CREATE = `mutation ($input: CreateConnectTokenInput!) { createConnectToken(input: $input) {
  __typename ... on ConnectToken { token expiresAt connectLinkUrl flow { id status } } } }`
const ACCOUNTS = `{ viewer { accounts(first: 20) { __typename
  ... on AccountConnection { nodes { id name healthy app { slug name } } } } } }`

/** Counts the statements that SQLite runs from now on. */
function countStatements(): () => number {
  const run = vi.spyOn(StatementSync.prototype, 'run')
  const all = vi.spyOn(StatementSync.prototype, 'all')
  onTestFinished(() => void vi.restoreAllMocks())
  return () => run.mock.calls.length + all.mock.calls.length
}

/** A gateway with limits, a service and users with JWTs, that counts what it does. */
async function createCountingGateway() {
  const issuer = await createIssuer()
  const database = await openDatabase(':memory:')
  const rates = await openRateLimits(defaultLimits.rates, ':memory:')
  const gateway = await createTestGateway({
    database,
    serviceKeyHash: sha256(SERVICE_KEY),
    verifyJwt: createVerifyJwt(issuer.auth, { fetch: issuer.fetch }),
    limits: { ...testLimits, rates },
  })
  const statements = countStatements()
  let upstreamCalls = 0
  gateway.intercept(() => {
    upstreamCalls += 1
    return undefined
  })
  const count = () => ({
    upstreamCalls,
    statements: statements(),
    transactions: database.transactions,
    logLines: gateway.logged.length,
  })
  return { ...gateway, jwt: await issuer.sign(), count }
}

type CountingGateway = Awaited<ReturnType<typeof createCountingGateway>>

/** Sends a request until everything is cached, and returns what the last one cost. */
async function costOf(
  { browser, count }: CountingGateway,
  { bearer, ...body }: { bearer: string; query: string; variables?: object },
) {
  const client = browser()
  client.headers['authorization'] = `Bearer ${bearer}`
  for (let round = 0; round < 3; round += 1) await client.post('/graphql', body)
  const before = count()
  const response = await client.post('/graphql', body)
  const text = await response.text()
  expect(JSON.parse(text)).toEqual({ data: expect.anything() })
  const after = count()
  return {
    upstreamCalls: after.upstreamCalls - before.upstreamCalls,
    statements: after.statements - before.statements,
    transactions: after.transactions - before.transactions,
    logLines: after.logLines - before.logLines,
    bodyBytes: Buffer.byteLength(text),
    headerBytes: [...response.headers].join('\r\n').length,
    text,
  }
}

function expectAtMost(cost: Record<string, unknown>, most: Record<string, number>): void {
  const over = Object.entries(most).filter(([name, bound]) => Number(cost[name]) > bound)
  expect(over.map(([name, bound]) => `${name}: ${String(cost[name])}, at most ${bound}`)).toEqual(
    [],
  )
}

test('one createConnectToken costs no more than it did', async () => {
  const gateway = await createCountingGateway()
  const input = { app: 'openai', externalUserId: 'ada' }
  const cost = await costOf(gateway, { bearer: SERVICE_KEY, query: CREATE, variables: { input } })
  expect(cost.text).toContain('"ConnectToken"')
  expectAtMost(cost, MOST.createConnectToken)
})

test('one list of a user’s accounts costs no more than it did', async () => {
  const gateway = await createCountingGateway()
  const ada = gateway.browser()
  ada.headers['authorization'] = `Bearer ${gateway.jwt}`
  await ada.connectOpenai()
  const cost = await costOf(gateway, { bearer: gateway.jwt, query: ACCOUNTS })
  expect(cost.text).toContain('"slug":"openai"')
  expectAtMost(cost, MOST.accounts)
})

test('the accounts of a list are recorded in one write when they are first seen', async () => {
  const database = await openDatabase(':memory:')
  onTestFinished(() => database.close())
  const health = createAccountHealth(database, () => new Date())
  const accounts = Array.from({ length: 100 }, (_, index) => ({
    accountId: `apn_${index}`,
    externalUserId: 'ada',
    app: 'openai',
    health: 'healthy' as const,
  }))
  const statements = countStatements()
  await health.record(accounts)
  // A read, then begin, insert and commit.
  expect(statements()).toBe(4)
  await health.record(accounts)
  expect(statements()).toBe(5)
  const seen = await health.listFirstSeen(accounts.map(({ accountId }) => accountId))
  expect(seen.size).toBe(100)
})
