import type { Scene } from './scene.ts'

/** A request of the official SDK 3.1.6, with placeholders in braces for ids and tokens. */
export interface RecordedRequest {
  method: string
  path: string
  query?: string[][]
  headers: Record<string, string | undefined>
  body?: unknown
  /** The status that Pipedream documents for it. */
  status: number
  /** True if the emulator does not support it yet. */
  awaited?: boolean
}

/** Values of placeholders, by name. */
export type Values = Readonly<Record<string, string>>

/** Sends a recorded request to the scene's emulator, with values in place of its placeholders. */
export async function replay(
  { url }: Scene,
  request: RecordedRequest,
  values: Values,
): Promise<Response> {
  const encoded = mapValues(values, encodeURIComponent)
  const asked = (query: string[][]) =>
    fetch(`${url}${fill(request.path, encoded)}?${new URLSearchParams(query)}`, {
      method: request.method,
      headers: Object.entries(request.headers).map(([name, text = '']): [string, string] => [
        name,
        fill(text, values),
      ]),
      body: request.body === undefined ? null : fill(JSON.stringify(request.body), values),
    })
  const query = (request.query ?? []).map((pair) => pair.map((text) => fill(text, values)))
  if (!query.flat().includes('{cursor}')) return asked(query)
  // A cursor is valid only for its own list, and an empty list has none.
  const filters = query.filter(([, text]) => text !== '{cursor}')
  const { page_info }: Page = await (await asked(filters)).json()
  const cursor = page_info.start_cursor
  if (cursor === null) return asked(filters)
  return asked(query.map((pair) => pair.map((text) => fill(text, { cursor }))))
}

interface Page {
  page_info: { start_cursor: string | null }
}

function fill(text: string, values: Values): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder)
}

function mapValues(values: Values, change: (text: string) => string): Values {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, change(text)]))
}
