import { endpointDomain } from './endpoint-host.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Where a deployed HTTP trigger is reached. */
export function formatEndpointUrl({ publicUrl }: EmulatorContext, key: string): string {
  const { protocol, port } = new URL(publicUrl)
  return `${protocol}//${key}.${endpointDomain(publicUrl)}${port === '' ? '' : `:${port}`}`
}
