import { createHmac } from 'node:crypto'

interface Signed {
  /** The exact text that is sent. */
  body: string
  /** Its UTF-8 bytes are the key: its hexadecimal digits are not decoded (observed). */
  signingKey: string
  at: Date
}

/**
 * The `x-pd-signature` header of a trigger's webhook: `t=<Unix seconds>,v1=<HMAC-SHA256 of "<t>." and the body, in
 * hexadecimal>`. Pipedream documents the algorithm; the form of the header is observed.
 */
export function signWebhook({ body, signingKey, at }: Signed): string {
  const t = Math.floor(at.getTime() / 1000)
  const signature = createHmac('sha256', signingKey).update(`${t}.${body}`).digest('hex')
  return `t=${t},v1=${signature}`
}
