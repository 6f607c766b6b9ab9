import { ConnectError } from './connect-error.ts'

/** A message of the hosted page that affects the flow. */
export type ConnectMessage =
  | { type: 'success'; accountId: string }
  | { type: 'error'; error: ConnectError }
  | { type: 'close' }

/** Parses a message of the hosted page; undefined for other message types. */
export function readMessage(data: unknown): ConnectMessage | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data)) return undefined
  if (data.type === 'close') return { type: 'close' }
  if (data.type === 'success') {
    const accountId = 'authProvisionId' in data ? data.authProvisionId : undefined
    if (typeof accountId === 'string' && accountId) return { type: 'success', accountId }
    const message =
      'Pipedream connected an account but did not say which one. Reload your list of accounts.'
    return { type: 'error', error: new ConnectError('ERR_BAD_RESPONSE', message) }
  }
  if (data.type !== 'error') return undefined
  return { type: 'error', error: providerError('error' in data ? data.error : undefined) }
}

function providerError(reported: unknown): ConnectError {
  const message = typeof reported === 'string' ? reported.trim().slice(0, 300) : ''
  return new ConnectError(
    'ERR_PROVIDER',
    message.replaceAll(/ctok_\w+/g, 'ctok_...') || 'The account could not be connected. Try again.',
  )
}
