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

/** The value that a share of the values is at most, such as 0.99. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

interface Point {
  x: number
  y: number
}

/** The slope of the line of least squares. */
export function slopeOf(points: readonly Point[]): number {
  const meanX = sum(points.map(({ x }) => x)) / points.length
  const meanY = sum(points.map(({ y }) => y)) / points.length
  const covariance = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY)))
  return covariance / sum(points.map(({ x }) => (x - meanX) ** 2))
}

/** The exponent of the growth of y with x: the slope of the line through their logarithms. */
export function exponentOf(points: readonly Point[]): number {
  return slopeOf(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) })))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
