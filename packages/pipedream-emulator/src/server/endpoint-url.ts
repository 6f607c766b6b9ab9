import { endpointDomain } from './endpoint-host.ts'
import type { World } from '../state/emulator-context.ts'

/** Where a deployed HTTP trigger is reached. */
export function formatEndpointUrl({ publicUrl }: World, key: string): string {
  const { protocol, port } = new URL(publicUrl)
  return `${protocol}//${key}.${endpointDomain(publicUrl)}${port === '' ? '' : `:${port}`}`
}
