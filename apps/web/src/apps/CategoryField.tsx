import { ChevronDown } from 'lucide-react'
import { useQuery } from 'urql'
import { accountsMessages } from '../accounts/accounts-messages.ts'
import { graphql } from '../graphql.ts'
import { useMessages } from '../i18n/language-context.tsx'

const AppCategoriesQuery = graphql(`
  query AppCategories {
    appCategories {
      __typename
      ... on AppCategories {
        nodes {
          id
          name
        }
      }
    }
  }
`)

interface CategoryFieldProps {
  /** Id of a category; `null`: all. */
  value: string | null
  onChange: (category: string | null) => void
}

/** The category that the catalogue is narrowed to. */
export function CategoryField({ value, onChange }: CategoryFieldProps) {
  const { catalogue } = useMessages(accountsMessages)
  const [{ data }] = useQuery({ query: AppCategoriesQuery })
  const result = data?.appCategories
  const categories = result?.__typename === 'AppCategories' ? result.nodes : []
  return (
    <span className="relative max-w-full">
      <select
        aria-label={catalogue.category}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
        className="min-h-10 w-full cursor-pointer appearance-none rounded-lg border border-line-strong bg-surface ps-3 pe-9 text-sm sm:w-48"
      >
        <option value="">{catalogue.everyCategory}</option>
        {categories.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        className="pointer-events-none absolute inset-y-0 end-3 my-auto text-muted"
      />
    </span>
  )
}
