import { ConnectError } from './connect-error.ts'

/** What the hosted page says that matters to us. */
export type ConnectMessage =
  | { type: 'success'; accountId: string }
  | { type: 'error'; error: ConnectError }
  | { type: 'close' }

/** Reads a message of the hosted page; undefined for kinds that are not ours to know. */
export function readMessage(data: unknown): ConnectMessage | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data)) return undefined
  if (data.type === 'close') return { type: 'close' }
  if (data.type === 'success') {
    const accountId = 'authProvisionId' in data ? data.authProvisionId : undefined
    return typeof accountId === 'string' && accountId !== ''
      ? { type: 'success', accountId }
      : { type: 'error', error: unnamedAccount() }
  }
  if (data.type !== 'error') return undefined
  return { type: 'error', error: providerError('error' in data ? data.error : undefined) }
}

function providerError(sentence: unknown): ConnectError {
  const text = typeof sentence === 'string' ? sentence.trim().slice(0, 300) : ''
  return new ConnectError(
    'ERR_PROVIDER',
    text.replaceAll(/ctok_\w+/g, 'ctok_...') || 'The account could not be connected. Try again.',
  )
}

function unnamedAccount(): ConnectError {
  return new ConnectError(
    'ERR_BAD_RESPONSE',
    'Pipedream connected an account but did not say which one. Reload your list of accounts.',
  )
}
