/** What a workflow or an HTTP trigger is told of a request. */
export interface HttpEvent {
  method: string
  url: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  /** What JSON said, else the text; base64 where it is neither. Null when empty. */
  body: unknown
}

/** Reads a request as Pipedream's HTTP triggers have it in their events; that bytes become base64 is inferred. */
export async function readHttpEvent(request: Request): Promise<HttpEvent> {
  const { href, pathname, searchParams } = new URL(request.url)
  return {
    method: request.method,
    url: href,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(request.headers),
    body: readBody(
      await request.arrayBuffer(),
      /[/+]json\b/i.test(request.headers.get('content-type') ?? ''),
    ),
  }
}

function readBody(bytes: ArrayBuffer, isJson: boolean): unknown {
  if (bytes.byteLength === 0) return null
  const text = readText(bytes)
  if (text === null) return Buffer.from(bytes).toString('base64')
  if (!isJson) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function readText(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
