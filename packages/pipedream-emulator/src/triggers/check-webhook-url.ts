import { wireError } from '../wire/errors.ts'

/**
 * Answers the address of a webhook, or throws 400 when it is none. Real Pipedream may want https; http is taken here,
 * because what listens on this machine has no certificate.
 */
export function checkWebhookUrl(key: string, url: string): string {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw wireError(400, `${key} must be an http or https URL.`)
  }
  return url
}
