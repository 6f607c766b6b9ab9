import { fromSlug } from '../ui/from-slug.ts'
import { Code } from './Code.tsx'

/** An app: its name, and its slug for the search and the kill switch. */
export function AppLabel({ slug }: { slug: string }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <span className="font-medium">{fromSlug(slug)}</span>
      <Code>{slug}</Code>
    </span>
  )
}
