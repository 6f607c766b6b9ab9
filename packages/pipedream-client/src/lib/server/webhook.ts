/** An address of yours to which Pipedream sends events. */
export interface Webhook {
  readonly id: string
  readonly url: string
  /**
   * With which Pipedream signs what it sends; see `verifyTriggerWebhook`. Told only when it is made: by the update that creates the
   * webhook, and by `regenerateSigningKey`. Otherwise null. A secret: keep it, and do not log it.
   */
  readonly signingKey: string | null
  /** Whether there is a signing key. Null when Pipedream did not say. */
  readonly signingKeySet: boolean | null
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** The answer as it came, with the keys that this type leaves out, and with the signing key if it was told. */
  readonly raw: Readonly<Record<string, unknown>>
}
