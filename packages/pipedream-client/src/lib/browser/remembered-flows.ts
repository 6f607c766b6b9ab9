import type { OpenedFlow, RememberedFlow } from './connect-flows.ts'
import type { ConnectSettings, FlowStorage } from './controller-options.ts'
import { type ConnectTarget, type CreatedConnectToken, readInstant } from './connect-tokens.ts'

interface StoredFlow<Created> extends RememberedFlow<Created> {
  user: string
}

/** The flows of all users, so that each user's visit drops everyone's old ones. */
const KEY = 'pipedream-connect'

/** How long after its token has expired a flow may still be resumed, by a later visit of its user. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000

/** Members of `created` that are not stored: they may contain a secret other than the connect token. */
const SECRETS = /^(token|connect(Token|Url|LinkUrl))$/

/**
 * Remembers an open flow until the returned function is called. Meanwhile a lock with the flow's id tells other pages,
 * such as a copy of this tab, that it is open here; the browser releases the lock when this page goes away. Outside a
 * secure context, where there are no locks, nothing is remembered.
 */
export function rememberFlow<Created extends CreatedConnectToken>(
  { user = '', storage }: ConnectSettings<Created>,
  flow: OpenedFlow<Created>,
  connectToken: string,
): () => void {
  const id = `${KEY} ${Math.random()}`
  const isSecret = (name: string, value: unknown) =>
    SECRETS.test(name) || (typeof value === 'string' && value.includes(connectToken))
  const { promise, resolve } = Promise.withResolvers<void>()
  const remember = async () => {
    editFlows<Created>(storage, (flows) => {
      const json = JSON.stringify({ user, ...flow }, (name, value) =>
        isSecret(name, value) ? undefined : value,
      )
      flows[id] = JSON.parse(json)
    })
    await promise
    editFlows(storage, (flows) => delete flows[id])
  }
  navigator.locks?.request(id, remember).catch(() => {})
  return resolve
}

/** Returns the user's remembered flows that no page has open, and forgets them. Also forgets old ones of any user. */
export async function claimFlows<Created extends CreatedConnectToken>(
  { user = '', storage }: ConnectSettings<Created>,
  isWanted: (target: ConnectTarget) => boolean,
): Promise<RememberedFlow<Created>[]> {
  const claimed: RememberedFlow<Created>[] = []
  // A flow is stored while it is locked, so one that is stored now and not locked afterwards was cut off.
  let stored: string[] = []
  editFlows(storage, (flows) => (stored = Object.keys(flows)))
  const held = (await navigator.locks?.query().catch(() => undefined))?.held
  editFlows<Created>(storage, (flows) => {
    for (const [id, { user: owner, ...flow }] of Object.entries(flows)) {
      if (!held || !stored.includes(id) || held.some(({ name }) => name === id)) continue
      const isClaimed = owner === user && isWanted(flow.target)
      const isOld = readInstant(flow.created.expiresAt) + MAX_AGE_MS <= Date.now()
      if (isClaimed) claimed.push(flow)
      if (isClaimed || isOld) delete flows[id]
    }
  })
  return claimed
}

type StoredFlows<Created> = Record<string, StoredFlow<Created>>

function editFlows<Created extends CreatedConnectToken>(
  given: FlowStorage | undefined,
  edit: (flows: StoredFlows<Created>) => unknown,
): void {
  try {
    const storage = given ?? localStorage
    const flows = parseFlows<Created>(storage.getItem(KEY))
    edit(flows)
    if (Object.keys(flows).length) storage.setItem(KEY, JSON.stringify(flows))
    else storage.removeItem(KEY)
  } catch {
    // Storage may be full or forbidden, or the flow not be JSON: if it is cut off, it cannot be resumed.
  }
}

/** The valid flows among what is stored: other code on this origin, or a person, may have damaged it. */
function parseFlows<Created extends CreatedConnectToken>(
  json: string | null,
): StoredFlows<Created> {
  try {
    const entries = Object.entries<StoredFlow<Created> | null>(JSON.parse(json ?? '{}'))
    return Object.fromEntries(entries.filter((entry) => isFlow(entry)))
  } catch {
    return {}
  }
}

function isFlow<Created extends CreatedConnectToken>(
  entry: [string, StoredFlow<Created> | null],
): entry is [string, StoredFlow<Created>] {
  const [, flow] = entry
  return typeof flow?.target?.app === 'string' && readInstant(flow.created?.expiresAt) > 0
}
