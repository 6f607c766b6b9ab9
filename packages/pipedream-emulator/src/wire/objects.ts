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

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> }

/** The same object without the keys that hold undefined. */
export function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  const kept: Defined<Value> = {}
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) Reflect.set(kept, key, item)
  }
  return kept
}
