// A statement takes a bounded number of parameters: SQLite 32,766.
const SIZE = 1000

/** Divides values among statements, because the holder of a connect token can create thousands of accounts. */
export function portionsOf<Value>(values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / SIZE) }, (_, index) =>
    values.slice(index * SIZE, (index + 1) * SIZE),
  )
}
