import type { OpenedFlow, RememberedFlow } from './connect-flows.ts'
import type { ConnectSettings } from './controller-options.ts'
import type { ConnectTarget, CreatedConnectToken } from './connect-tokens.ts'

type FlowsById<Created> = Record<string, RememberedFlow<Created>>

/** Members of `created` that are not stored, because they are, or contain, the connect token. */
const SECRETS = /^(token|connect(Token|Url|LinkUrl))$/

/** The flows that this page has open. */
const openHere = new Set<string>()

/**
 * Remembers an open flow until `over` is aborted. Meanwhile a lock with the flow's id tells other pages, such as a copy
 * of this tab, that it is open here; the browser releases the lock when this page goes away.
 */
export function rememberFlow<Created extends CreatedConnectToken>(
  { user, storage }: ConnectSettings<Created>,
  flow: OpenedFlow<Created>,
  over: AbortSignal,
): void {
  // The options may change while the flow is open.
  const settings = { user, storage }
  const id = `${keyOf(settings)} ${Math.random()}`
  const json = JSON.stringify(flow, (name, value) => (SECRETS.test(name) ? undefined : value))
  editFlows<Created>(settings, (flows) => (flows[id] = JSON.parse(json)))
  openHere.add(id)
  const { promise, resolve } = Promise.withResolvers<void>()
  over.addEventListener('abort', () => {
    openHere.delete(id)
    editFlows(settings, (flows) => delete flows[id])
    resolve()
  })
  navigator.locks?.request(id, () => promise).catch(() => {})
}

/** Returns the remembered flows that no page has open, and forgets them. */
export async function claimFlows<Created extends CreatedConnectToken>(
  settings: ConnectSettings<Created>,
  isWanted: (target: ConnectTarget) => boolean,
): Promise<RememberedFlow<Created>[]> {
  // Without locks, outside a secure context, a flow that another page has open is taken for one that was cut off.
  const held = (await navigator.locks?.query().catch(() => undefined))?.held
  const claimed: RememberedFlow<Created>[] = []
  editFlows<Created>(settings, (flows) => {
    for (const [id, flow] of Object.entries(flows)) {
      const isOpen = openHere.has(id) || held?.some(({ name }) => name === id)
      if (isOpen || !isWanted(flow.target)) continue
      claimed.push(flow)
      delete flows[id]
    }
  })
  return claimed
}

function editFlows<Created extends CreatedConnectToken>(
  settings: Pick<ConnectSettings, 'user' | 'storage'>,
  edit: (flows: FlowsById<Created>) => unknown,
): void {
  const key = keyOf(settings)
  try {
    const { storage = localStorage } = settings
    const flows = JSON.parse(storage.getItem(key) ?? '{}')
    edit(flows)
    if (Object.keys(flows).length) storage.setItem(key, JSON.stringify(flows))
    else storage.removeItem(key)
  } catch {
    // Storage may be full, forbidden or damaged: a flow that is cut off then cannot be resumed.
  }
}

function keyOf({ user = '' }: Pick<ConnectSettings, 'user'>): string {
  return `pipedream-connect ${user}`
}
