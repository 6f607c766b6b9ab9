import { lexicographicSortSchema, printSchema } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from './index.ts'

// After an intended change, `pnpm --filter api schema` updates the file.
test('schema.graphql is the print of the schema', async () => {
  const print = `${printSchema(lexicographicSortSchema(schema))}\n`
  await expect(print).toMatchFileSnapshot('../../../schema.graphql')
})
