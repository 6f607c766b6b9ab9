import { lexicographicSortSchema, printSchema } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from './index.ts'

// When this fails on purpose: `pnpm --filter api schema` writes the file anew.
test('schema.graphql is the print of the schema', async () => {
  const print = `${printSchema(lexicographicSortSchema(schema))}\n`
  await expect(print).toMatchFileSnapshot('../../../schema.graphql')
})
