import { createHash, timingSafeEqual } from 'node:crypto'

/** SHA-256 in hex: how tokens and keys of high entropy are stored and compared. */
export function sha256(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether a secret is the one of which we keep the hash; without a hash none is. */
export function isSameSecret(secret: string, hash: string | undefined): boolean {
  if (!hash) return false
  return timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(hash))
}
