import { cases } from './cases.ts'
import { OURS_ALONE } from './gaps.ts'

/** The deliberate differences as rows of the README's first table: official methods, cases, reason. */
export function differenceRows(): string[][] {
  const differing = cases.flatMap(({ official: method, variants }) =>
    Object.entries(variants).flatMap(([when, { differs }]) =>
      differs === undefined ? [] : [{ method, when, because: differs.because }],
    ),
  )
  const groups = Object.groupBy(differing, ({ because }) => because)
  return Object.entries(groups).map(([because, group = []]) => [
    join(group.map(({ method }) => `\`${method}\``)),
    join(group.map(({ when }) => when)),
    because,
  ])
}

/** The methods that only ours has, as rows of the README's second table. */
export function gapRows(): string[][] {
  return Object.entries(OURS_ALONE).map(([method, reason]) => [`\`${method}\``, reason])
}

function join(values: readonly string[]): string {
  return [...new Set(values)].join(', ')
}
