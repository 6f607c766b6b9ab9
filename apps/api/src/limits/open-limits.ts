import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Limits } from './limits.ts'
import { openRateLimits } from './rate-limits.ts'
import { readDocuments } from './trusted-documents.ts'

/** Makes the limits that are configured; in production everything but the web build's own operations is refused. */
export async function openLimits(
  { limits, pipedream, database }: Config,
  webFolder: string,
): Promise<Limits> {
  const isProduction = pipedream?.projectEnvironment === 'production'
  return {
    ...limits,
    rates: await openRateLimits(limits.rates, database.location, database),
    trustedDocuments: {
      documents: await readDocuments(join(webFolder, 'documents.json')),
      only: limits.trustedDocuments ?? isProduction,
    },
    introspection: limits.introspection ?? !isProduction,
  }
}
