import { join } from 'node:path'
import type { Config } from './config/read-config.ts'
import type { OperationLimits } from './graphql/plugins.ts'
import { readDocuments, type TrustedDocuments } from './graphql/trusted-documents.ts'
import type { RequestLimits } from './http/pipeline.ts'
import { openRateLimits } from './http/rate-limits.ts'

/** The limits of a server. */
export interface Limits extends RequestLimits {
  operations: OperationLimits
  trustedDocuments: TrustedDocuments
  /** Whether introspection and GraphiQL are available. */
  introspection: boolean
}

/** Creates the configured limits. In production, only the web build's own operations are accepted by default. */
export async function openLimits(
  { limits, pipedream, database }: Config,
  webFolder: string,
): Promise<Limits> {
  return {
    ...limits,
    rates: await openRateLimits(limits.rates, database.location, database),
    trustedDocuments: {
      documents: await readDocuments(join(webFolder, 'documents.json')),
      only: runsTrustedDocumentsOnly({ limits, pipedream }),
    },
    introspection: hasIntrospection({ limits, pipedream }),
  }
}

type Switches = Pick<Config, 'limits' | 'pipedream'>

/** Whether only the web build's own operations are run. */
export function runsTrustedDocumentsOnly({ limits, pipedream }: Switches): boolean {
  return limits.trustedDocuments ?? pipedream?.projectEnvironment === 'production'
}

/** Whether the schema may be read, and GraphiQL is served. */
export function hasIntrospection({ limits, pipedream }: Switches): boolean {
  return limits.introspection ?? pipedream?.projectEnvironment !== 'production'
}
