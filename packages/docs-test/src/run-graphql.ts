import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, parse, validate } from 'graphql'
import type { Block } from './read-blocks.ts'
import { ROOT } from './read-documents.ts'
import type { RunningGateway } from './start-gateway.ts'

const SCHEMA = join(ROOT, 'apps/api/schema.graphql')

/**
 * Validates a document against the printed schema, and sends it to the gateway as a signed-in user. Variables are the JSON of a
 * `<!-- before` comment. Throws with the problems.
 */
export async function runGraphql(
  { code, before }: Block,
  { url, cookie }: RunningGateway,
): Promise<void> {
  const problems = validate(buildSchema(readFileSync(SCHEMA, 'utf8')), parse(code))
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'))
  const variables: unknown = before === '' ? {} : JSON.parse(before)
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: url },
    body: JSON.stringify({ query: code, variables }),
  })
  const { errors } = JSON.parse(await response.text())
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
}
