import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Target, createTarget } from './attacks/create-target.ts'
import { bearers } from './attacks/bearers.ts'
import { bodies } from './attacks/bodies.ts'
import { crossSite } from './attacks/cross-site.ts'
import { demoSignIn } from './attacks/demo-sign-in.ts'
import { finishing } from './attacks/finishing.ts'
import { flows } from './attacks/flows.ts'
import { graphql } from './attacks/graphql.ts'
import { headers } from './attacks/headers.ts'
import { identity } from './attacks/identity.ts'
import { operator } from './attacks/operator.ts'
import { restTokens } from './attacks/rest-endpoints.ts'
import { routes } from './attacks/routes.ts'
import { sessions } from './attacks/sessions.ts'
import { texts } from './attacks/texts.ts'
import { webhooks } from './attacks/webhooks.ts'

const all = [
  ...sessions,
  ...bearers,
  ...demoSignIn,
  ...identity,
  ...crossSite,
  ...graphql,
  ...texts,
  ...routes,
  ...flows,
  ...webhooks,
  ...finishing,
  ...operator,
  ...restTokens,
  ...headers,
  ...bodies,
]

let folder: string
let target: Target

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attacks-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>app</title>')
  target = await createTarget(folder)
})

afterAll(async () => {
  await target.gateway.server.close()
  await rm(folder, { recursive: true })
})

test('there are at least 150 attacks, each of its own name', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  expect(all.length).toBeGreaterThanOrEqual(150)
})

test.each(all)('$name', async ({ run, status, says = ANYTHING, never = NOTHING }) => {
  const { gateway, ada, adaAccount, secrets } = target
  const loggedBefore = gateway.logged.length
  const answers = [await run(target)].flat()
  const texts = await Promise.all(answers.map((answer) => answer.text()))

  for (const answer of answers) expect([status].flat()).toContain(answer.status)
  expect(texts.at(-1)).toMatch(says)
  expect(texts.join('\n')).not.toMatch(never)

  const seen = [...texts, ...answers.map(headersOf), JSON.stringify(gateway.logged)].join('\n')
  expect(secrets().filter((secret) => seen.includes(secret))).toEqual([])
  expect(gateway.logged.slice(loggedBefore).filter(isError)).toEqual([])
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(await ada.accountIds()).toEqual([adaAccount])
})

const ANYTHING = /^/
const NOTHING = /(?!)/

test('after all of them the victim goes on as if nothing had been', async () => {
  const { ada, adaFlow } = target
  expect(await ada.query(`{ flow(id: "${adaFlow}") { status } }`)).toEqual({
    flow: { status: 'OPEN' },
  })
})

function headersOf(response: Response): string {
  return JSON.stringify([...response.headers])
}

// Something that we did not mean.
function isError({ level }: Record<string, unknown>): boolean {
  return level === 'error' || level === 'fatal'
}
