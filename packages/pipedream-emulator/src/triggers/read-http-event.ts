/** A request as workflows and HTTP triggers receive it. */
export interface HttpEvent {
  method: string
  url: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  /** The parsed JSON, else the text, else base64. Null when empty. */
  body: unknown
}

/** Reads a request into the shape of Pipedream's HTTP events. Base64 for binary bodies is inferred. */
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
