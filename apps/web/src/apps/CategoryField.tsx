import { useQuery } from 'urql'
import { graphql } from '../graphql.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { Select } from '../ui/Select.tsx'
import { appsMessages } from './apps-messages.ts'

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
  /** ID of a category; `null`: all. */
  value: string | null
  onChange: (category: string | null) => void
}

/** Chooses the category that the catalogue shows. */
export function CategoryField({ value, onChange }: CategoryFieldProps) {
  const messages = useMessages(appsMessages)
  const [{ data }] = useQuery({ query: AppCategoriesQuery })
  const result = data?.appCategories
  const categories = result?.__typename === 'AppCategories' ? result.nodes : []
  return (
    <Select
      label={messages.category}
      value={value ?? ''}
      onChange={(category) => onChange(category === '' ? null : category)}
      options={[
        { value: '', name: messages.allCategories },
        ...categories.map(({ id, name }) => ({ value: id, name })),
      ]}
    />
  )
}
