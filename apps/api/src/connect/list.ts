import type { Page } from 'pipedream-client/server'

/** One page of a list. */
export interface List<Node> {
  nodes: readonly Node[]
  /** Where to read on; null at the end. */
  nextCursor: string | null
  /** Of the whole list; null when Pipedream did not say. */
  totalCount: number | null
  /** When Pipedream said this, if it cannot be asked just now; null: it is as good as new. */
  staleSince: Date | null
}

/** Pipedream's page as ours, with the nodes that are worth showing. */
export function toList<Node>(
  { nextCursor, pageInfo }: Page<unknown>,
  nodes: readonly Node[],
): List<Node> {
  return { nodes, nextCursor, totalCount: asInt(pageInfo.totalCount), staleSince: null }
}

// GraphQL's Int has 32 bits; a count that does not fit is no use to anybody.
function asInt(count: number | null): number | null {
  return count !== null && Number.isInteger(count) && count >= 0 && count < 2 ** 31 ? count : null
}
