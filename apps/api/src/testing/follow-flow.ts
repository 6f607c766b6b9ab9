import type { Person } from './create-person.ts'
import { createWorld, type World } from './create-world.ts'

/** A world whose clocks, the gateway's and Pipedream's, a test moves forward together. */
export interface TimedWorld extends World {
  advance: (milliseconds: number) => void
}

export async function createTimedWorld(
  overrides: Parameters<typeof createWorld>[0] = {},
): Promise<TimedWorld> {
  let offset = 0
  const now = () => new Date(Date.now() + offset)
  const world = await createWorld({ now, ...overrides })
  return {
    ...world,
    advance(milliseconds) {
      offset += milliseconds
      world.emulator.clock.advance(milliseconds)
    },
  }
}

/** What Pipedream tells whoever has a connect token: where its hosted page leads. */
export async function finishUrlOf({ emulator }: World, token: string, app = 'openai') {
  const response = await emulator.fetch(
    new Request(`http://localhost:4010/v1/connect/tokens/${token}/validate?app_id=${app}`),
  )
  const { success_redirect_uri: url } = await response.json()
  return String(url)
}

/** A browser follows a link: by GET, with its cookies. */
export function visit({ server }: World, url: string, { cookies }: Pick<Person, 'cookies'>) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return server.fetch(new Request(url, { headers: { ...(cookie && { cookie }) } }))
}

/** Sends a webhook as Pipedream would; by default the last one that it really sent. */
export function sendWebhook(world: World, { url, body }: { url?: string; body?: string } = {}) {
  const last = world.emulator.deliveries.at(-1)
  return world.server.fetch(
    new Request(url ?? last?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body ?? last?.body ?? '',
    }),
  )
}

interface ShownAccount {
  id: string
  held: boolean
}

/** What a person is shown of their accounts. */
export async function showAccounts(person: Person): Promise<ShownAccount[]> {
  const data = await person.query(
    '{ viewer { accounts { ... on AccountConnection { nodes { id held } } } } }',
  )
  const { viewer } = data as { viewer: { accounts: { nodes: ShownAccount[] } } }
  return viewer.accounts.nodes
}

/** The types of a person's events, oldest first. */
export async function eventTypes(person: Person): Promise<string[]> {
  const data = await person.query(
    '{ viewer { events { ... on ConnectionEventConnection { nodes { type } } } } }',
  )
  const { viewer } = data as { viewer: { events: { nodes: { type: string }[] } } }
  return viewer.events.nodes.map(({ type }) => type)
}

export async function flowStatus(person: Person, id: string): Promise<string> {
  const data = await person.query('query ($id: ID!) { flow(id: $id) { status } }', { id })
  return (data as { flow: { status: string } }).flow.status
}
