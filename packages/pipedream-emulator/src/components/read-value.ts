import type { ConfiguredProps } from './component.ts'
import { toObject } from '../wire/objects.ts'

/** Returns a prop's value, without the label of a labeled choice. Undefined when it is not set. */
function readValue(props: ConfiguredProps, name: string): unknown {
  return (Object.hasOwn(props, name) ? withoutLabel(props[name]) : null) ?? undefined
}

/** Returns a prop's choices, one or several, as strings. Anything that is not a string or a number is left out. */
export function readChoices(props: ConfiguredProps, name: string): string[] {
  const value = readValue(props, name)
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values
    .map(withoutLabel)
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String)
}

/** Returns a string prop, or a number as a string; empty when it is not set. Throws for other values. */
export function readText(props: ConfiguredProps, name: string): string {
  const value = readValue(props, name) ?? ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new Error(`${name} must be a string.`)
}

/** Returns a boolean prop; false when it is not set. Throws for other values. */
export function readFlag(props: ConfiguredProps, name: string): boolean {
  const value = readValue(props, name) ?? false
  if (typeof value === 'boolean') return value
  throw new Error(`${name} must be true or false.`)
}

/** Returns a prop that is a list of strings; empty when it is not set. Throws for other values. */
export function readTexts(props: ConfiguredProps, name: string): string[] {
  const value = readValue(props, name) ?? []
  if (!Array.isArray(value)) throw new Error(`${name} must be a list of strings.`)
  return value.map((item: unknown) => {
    if (typeof item === 'string') return item
    throw new Error(`${name} must be a list of strings.`)
  })
}

function withoutLabel(value: unknown): unknown {
  const choice = toObject(toObject(value)?.__lv)
  return choice === null ? value : choice.value
}
