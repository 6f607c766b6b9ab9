import type { Scene } from './scene.ts'

/** What the official SDK 3.1.6 sends, with placeholders in braces where ids, tokens and the like stand. */
export interface RecordedRequest {
  method: string
  path: string
  query?: string[][]
  headers: Record<string, string | undefined>
  body?: unknown
  /** The status that Pipedream documents for it. */
  status: number
  /** True: the emulator does not answer it yet. */
  awaited?: boolean
}

/** Values for placeholders, by their names. */
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
  // A cursor is good for the list that it came from alone, and a list that is empty has none.
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
