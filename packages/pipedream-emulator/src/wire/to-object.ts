/** The object that an unknown value is, with its own keys; null for a list and for anything else. */
export function toObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null
}

/** The objects of a list, without what else is in it; none for anything but a list. */
export function toObjects(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return []
  return value.map((item: unknown) => toObject(item)).filter((item) => item !== null)
}
