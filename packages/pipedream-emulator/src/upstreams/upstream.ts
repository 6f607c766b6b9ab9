import type { Hono } from 'hono'
import type { StoredAccount } from '../state/store.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** The account that a call to a provider is made for. */
export interface UpstreamCall {
  context: EmulatorContext
  account: StoredAccount
}

/** A provider's API as a Hono app. The call arrives as its bindings. */
export type Upstream = Hono<{ Bindings: UpstreamCall }>

/** Thrown when a provider does not respond in time. */
export class UpstreamTimeout extends Error {}
