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

/** Members of `created` that are not stored, because they are, or contain, the connect token. */
const SECRETS = /^(token|connect(Token|Url|LinkUrl))$/

/** The flows that this page has open. */
const openHere = new Set<string>()

/**
 * Remembers an open flow until `over` is aborted. Meanwhile a lock with the flow's id tells other pages, such as a copy
 * of this tab, that it is open here; the browser releases the lock when this page goes away.
 */
export function rememberFlow<Created extends CreatedConnectToken>(
  { user = '', storage }: ConnectSettings<Created>,
  flow: OpenedFlow<Created>,
  over: AbortSignal,
): void {
  const id = `${KEY} ${Math.random()}`
  const json = JSON.stringify({ user, ...flow }, (name, value) =>
    SECRETS.test(name) ? undefined : value,
  )
  editFlows<Created>(storage, (flows) => (flows[id] = JSON.parse(json)))
  openHere.add(id)
  const { promise, resolve } = Promise.withResolvers<void>()
  over.addEventListener('abort', () => {
    openHere.delete(id)
    editFlows(storage, (flows) => delete flows[id])
    resolve()
  })
  navigator.locks?.request(id, () => promise).catch(() => {})
}

/** Returns the user's remembered flows that no page has open, and forgets them. Also forgets old ones of any user. */
export async function claimFlows<Created extends CreatedConnectToken>(
  { user = '', storage }: ConnectSettings<Created>,
  isWanted: (target: ConnectTarget) => boolean,
): Promise<RememberedFlow<Created>[]> {
  // Without locks, outside a secure context, a flow that another page has open is taken for one that was cut off.
  const held = (await navigator.locks?.query().catch(() => undefined))?.held
  const claimed: RememberedFlow<Created>[] = []
  editFlows<Created>(storage, (flows) => {
    for (const [id, { user: owner, ...flow }] of Object.entries(flows)) {
      const isOpen = openHere.has(id) || held?.some(({ name }) => name === id)
      if (isOpen) continue
      const isClaimed = owner === user && isWanted(flow.target)
      const isOld = readInstant(flow.created.expiresAt) + MAX_AGE_MS <= Date.now()
      if (isClaimed) claimed.push(flow)
      if (isClaimed || isOld) delete flows[id]
    }
  })
  return claimed
}

function editFlows<Created extends CreatedConnectToken>(
  given: FlowStorage | undefined,
  edit: (flows: Record<string, StoredFlow<Created>>) => unknown,
): void {
  try {
    const storage = given ?? localStorage
    const flows = JSON.parse(storage.getItem(KEY) ?? '{}')
    edit(flows)
    if (Object.keys(flows).length) storage.setItem(KEY, JSON.stringify(flows))
    else storage.removeItem(KEY)
  } catch {
    // Storage may be full, forbidden or damaged: a flow that is cut off then cannot be resumed.
  }
}
