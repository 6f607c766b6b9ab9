import { useQuery } from 'urql'
import { AppQuery } from '../connect/app-query.ts'
import { fromSlug } from '../ui/from-slug.ts'

/** The name of an app; what its slug suggests while it is not known. */
export function useAppName(slug: string | null): string | undefined {
  const [{ data }] = useQuery({
    query: AppQuery,
    variables: { slug: slug ?? '' },
    pause: slug === null,
  })
  if (slug === null) return undefined
  return data?.app.__typename === 'App' ? data.app.name : fromSlug(slug)
}
