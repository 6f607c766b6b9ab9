import type { ConfigurableProp, ConfiguredProps } from './component.ts'

interface Configured {
  props: readonly ConfigurableProp[]
  configuredProps: ConfiguredProps
}

/** The ids of the accounts that are filled in as values of app props. */
export function listUsedAccounts({ props, configuredProps }: Configured): string[] {
  return props
    .filter(({ type }) => type === 'app')
    .flatMap(({ name }) => readAccountId(configuredProps[name]) ?? [])
}

/** The account of an app prop's value, `{ authProvisionId: 'apn_...' }`; null for anything else. */
export function readAccountId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('authProvisionId' in value)) return null
  return typeof value.authProvisionId === 'string' ? value.authProvisionId : null
}
