import type { ConfiguredProps } from './component.ts'
import { toObject } from '../wire/objects.ts'

/** A prop's value; of a choice that was kept with its label, the value alone. Undefined when nothing is filled in. */
function readValue(props: ConfiguredProps, name: string): unknown {
  return (Object.hasOwn(props, name) ? withoutLabel(props[name]) : null) ?? undefined
}

/** What was chosen in a prop, one value or several, as texts; whatever is no text or number is left out. */
export function readChoices(props: ConfiguredProps, name: string): string[] {
  const value = readValue(props, name)
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values
    .map(withoutLabel)
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String)
}

/** A prop that holds text, or a number as text; empty when nothing is filled in. Throws on anything else. */
export function readText(props: ConfiguredProps, name: string): string {
  const value = readValue(props, name) ?? ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new Error(`${name} must be text.`)
}

/** A prop that holds yes or no; false when nothing is filled in. Throws on anything else. */
export function readFlag(props: ConfiguredProps, name: string): boolean {
  const value = readValue(props, name) ?? false
  if (typeof value === 'boolean') return value
  throw new Error(`${name} must be true or false.`)
}

/** A prop that holds a list of texts; empty when nothing is filled in. Throws on anything else. */
export function readTexts(props: ConfiguredProps, name: string): string[] {
  const value = readValue(props, name) ?? []
  if (!Array.isArray(value)) throw new Error(`${name} must be a list of texts.`)
  return value.map((item: unknown) => {
    if (typeof item === 'string') return item
    throw new Error(`${name} must be a list of texts.`)
  })
}

function withoutLabel(value: unknown): unknown {
  const choice = toObject(toObject(value)?.__lv)
  return choice === null ? value : choice.value
}
