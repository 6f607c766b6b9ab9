import { InvalidInput, readText } from '../errors.ts'

/** Pipedream's limit on an external user id, in characters. */
export const EXTERNAL_USER_ID_MAX = 250

/** Reads the user whom a service names in a field. Throws `InvalidInput`. */
export function readNamedUser(field: string, value: string | null | undefined): string {
  const named = value?.trim() ? readText(field, value) : undefined
  if (named === undefined) {
    throw new InvalidInput(field, `A service must name the user: give “${field}”.`)
  }
  if (named.length > EXTERNAL_USER_ID_MAX) {
    throw new InvalidInput(
      field,
      `“${field}” has more than ${EXTERNAL_USER_ID_MAX} characters, which Pipedream refuses.`,
    )
  }
  return named
}
