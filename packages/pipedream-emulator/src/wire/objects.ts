/** Returns a copy of an object's own keys; null for an array and for anything else. */
export function toObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null
}

/** Returns the objects of an array without its other items; empty for anything else. */
export function toObjects(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return []
  return value.map((item: unknown) => toObject(item)).filter((item) => item !== null)
}

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> }

/** Returns the object without the keys whose value is undefined. */
export function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  const kept: Defined<Value> = {}
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) Reflect.set(kept, key, item)
  }
  return kept
}
