import type { JWTPayload } from 'jose'

/**
 * Reads a claim by its name, which may be a path into objects: `realm_access.roles`. A claim that has the very name comes
 * first, at each step, since names hold dots too, such as `https://example.com/roles`. Undefined: there is none.
 */
export function readClaim(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const first = name.slice(0, dot)
    const inner = Object.hasOwn(claims, first) ? claims[first] : undefined
    const found = isObject(inner) ? readClaim(inner, name.slice(dot + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Whether a claim is this value, or a list that holds it. A boolean and a number count as they are written. Only a claim
 * named `scope` or `scp` is a list in one string: elsewhere, words with spaces between them may be what a person typed.
 */
export function holdsClaim(claims: JWTPayload, name: string, value: string): boolean {
  const claim = readClaim(claims, name)
  const values: unknown[] = Array.isArray(claim) ? claim : [claim]
  if (isScope(name) && typeof claim === 'string') values.push(...claim.split(/\s+/))
  return values.some((it) => isPlain(it) && String(it) === value)
}

function isScope(name: string): boolean {
  return /(^|[./])(scope|scp)$/.test(name)
}

// What an object or a list of one prints as must not be equal to a text.
function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
