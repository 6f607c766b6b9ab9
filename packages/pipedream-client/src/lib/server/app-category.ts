/** A category of Pipedream's catalogue. Pipedream publishes no key of it as required: each may be null. */
export interface AppCategory {
  /** `appcat_...`, for `apps.list({ categoryIds })`. */
  readonly id: string | null
  /** The name for people, which is also in `App.categories`. */
  readonly name: string | null
  readonly description: string | null
  /** The answer as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}
