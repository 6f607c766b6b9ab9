import type { Context } from 'hono'
import { wireError } from './errors.ts'

/** A parsed request body: an object whose values are not checked yet. */
export type Body = Record<string, unknown>

/** Parses the request body as a JSON object; throws 400 for anything else. */
export async function readJsonBody(c: Context): Promise<Body> {
  return parseJsonObject(await c.req.text()) ?? reject('The request body must be a JSON object.')
}

/** Parses a JSON object; null for any other string. */
export function parseJsonObject(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null
  } catch {
    return null
  }
}

/** Reads a required string. Throws 400 when it is absent, null or empty. */
export function requiredString(body: Body, key: string): string {
  return optionalString(body, key) ?? reject(`${key} is required.`)
}

/** Reads a string; null when it is absent, null or empty. */
export function optionalString(body: Body, key: string): string | null {
  const value = body[key]
  if (value == null || value === '') return null
  return typeof value === 'string' ? value : reject(`${key} must be a string.`)
}

export function optionalStrings(body: Body, key: string): string[] {
  const value = body[key]
  if (value == null) return []
  if (!Array.isArray(value)) return reject(`${key} must be a list of strings.`)
  return value.map((item: unknown) =>
    typeof item === 'string' ? item : reject(`${key} must be a list of strings.`),
  )
}

export function optionalBoolean(body: Body, key: string): boolean {
  const value = body[key]
  if (value == null) return false
  return typeof value === 'boolean' ? value : reject(`${key} must be true or false.`)
}

function reject(error: string): never {
  throw wireError(400, error)
}
