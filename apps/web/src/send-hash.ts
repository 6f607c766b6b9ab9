/**
 * Replaces the operation in a request's body by its SHA-256: in production the gateway runs only the operations that the
 * build has listed. Browsers compute hashes on secure origins only; on others the operation stays.
 */
export async function sendHash(body: string): Promise<string> {
  const { query, extensions, ...rest }: Record<string, unknown> = JSON.parse(body)
  if (typeof query !== 'string' || !isSecureContext) return body
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(query))
  const sha256Hash = Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  const persistedQuery = { version: 1, sha256Hash }
  return JSON.stringify({ ...rest, extensions: { ...asObject(extensions), persistedQuery } })
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
