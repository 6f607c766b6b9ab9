import { InvalidInput, readText } from '../../errors.ts'
import { builder } from './builder.ts'

// Pipedream's own limit on a page.
const FIRST_MAX = 100

export const STALE_SINCE =
  'When Pipedream said this, if it cannot be asked just now; null: it is as good as new.'

/** Where a list goes on: made of the next page's cursor. */
export const PageInfoRef = builder.objectRef<{ nextCursor: string | null }>('PageInfo').implement({
  fields: (t) => ({
    endCursor: t.string({
      description: 'Give it as `after` to read on; null at the end.',
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

/** The arguments `first` and `after` as the client's `limit` and `after`; throws `InvalidInput`. */
export function toPageOptions({ first, after }: PageArguments): {
  limit: number
  after: string | undefined
} {
  if (first < 1 || first > FIRST_MAX) {
    throw new InvalidInput('first', `“first” must be between 1 and ${FIRST_MAX}.`)
  }
  return { limit: first, after: readText('after', after) }
}
