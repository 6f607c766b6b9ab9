import { InvalidInput } from '../../errors.ts'
import { readText } from '../../read-text.ts'
import { builder } from './builder.ts'

// Pipedream's limit for a page.
const FIRST_MAX = 100

export const STALE_SINCE =
  'When the cached list was fetched, if Pipedream cannot be reached; null if the list is current.'

/** Made of the next page's cursor. */
export const PageInfoRef = builder.objectRef<{ nextCursor: string | null }>('PageInfo').implement({
  fields: (t) => ({
    endCursor: t.string({
      description: 'Pass it as `after` to get the next page; null on the last page.',
      nullable: true,
      resolve: ({ nextCursor }) => nextCursor,
    }),
    hasNextPage: t.boolean({ resolve: ({ nextCursor }) => nextCursor !== null }),
  }),
})

interface PageArguments {
  first: number
  after?: string | null | undefined
}

/** Converts `first` and `after` to the client's `limit` and `after`. Throws `InvalidInput`. */
export function toPageOptions({ first, after }: PageArguments): {
  limit: number
  after: string | undefined
} {
  if (first < 1 || first > FIRST_MAX) {
    throw new InvalidInput('first', `“first” must be between 1 and ${FIRST_MAX}.`)
  }
  return { limit: first, after: readText('after', after) }
}
