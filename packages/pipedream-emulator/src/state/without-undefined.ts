type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> }

/** The same object without the keys that hold undefined. */
export function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  const kept: Defined<Value> = {}
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) Reflect.set(kept, key, item)
  }
  return kept
}
