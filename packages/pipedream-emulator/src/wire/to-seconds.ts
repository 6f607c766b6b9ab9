/** Whole seconds since 1970, as Pipedream tells times of triggers and webhooks, where accounts have ISO dates. */
export function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
