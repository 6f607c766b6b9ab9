/** The middle of several measurements, with the least and the greatest. */
export interface Spread {
  median: number
  min: number
  max: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  const median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN }
}

/** The exponent of the growth of `ys` with `xs`: the slope of the line of least squares through their logarithms. */
export function exponentOf(points: readonly { x: number; y: number }[]): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))
  const meanX = sum(logs.map(({ x }) => x)) / logs.length
  const meanY = sum(logs.map(({ y }) => y)) / logs.length
  const covariance = sum(logs.map(({ x, y }) => (x - meanX) * (y - meanY)))
  return covariance / sum(logs.map(({ x }) => (x - meanX) ** 2))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
