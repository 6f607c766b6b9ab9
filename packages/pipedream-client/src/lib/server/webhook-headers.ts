/** Headers of a request: `Headers`, or an object of names in any case with a value or several. */
export type WebhookHeaders =
  | { get(name: string): string | null | undefined }
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** A header's value, several joined by commas as HTTP does; null when it is absent. The name in lower case. */
export function lookUpHeader(headers: WebhookHeaders, name: string): string | null {
  if (isLookUp(headers)) return headers.get(name) ?? null
  const values = Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name ? [value ?? []].flat() : [],
  )
  return values.length === 0 ? null : values.join(', ')
}

// An object of headers may have one that is called `get`, but that is never a function.
function isLookUp(
  headers: WebhookHeaders,
): headers is { get(name: string): string | null | undefined } {
  return typeof headers.get === 'function'
}
