import type { Hono } from 'hono'
import type { StoredAccount } from '../state/store.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Whose request a provider has to answer. */
export interface UpstreamCall {
  context: EmulatorContext
  account: StoredAccount
}

/** A provider's API, as Hono sees it: the call comes as its environment. */
export type Upstream = Hono<{ Bindings: UpstreamCall }>

/** Thrown where a provider does not answer in time. */
export class UpstreamTimeout extends Error {}
