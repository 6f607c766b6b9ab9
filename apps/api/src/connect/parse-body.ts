import type { z } from 'zod'
import { InvalidInput } from '../errors.ts'

/** What a body says; throws `InvalidInput` on one that is not of this shape. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = String(issue?.path[0] ?? 'body')
  throw new InvalidInput(field, field === 'body' ? 'Send a JSON object.' : String(issue?.message))
}
