import type { RunningGateway } from './start-gateway.ts'

interface Shell {
  gateway: RunningGateway
  variables: Record<string, string>
}

const SHORT: Record<string, string> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-raw': 'data',
  '--json': 'json',
  '-u': 'user',
  '--user': 'user',
}
/** These change the output, not the request. */
const SILENT = new Set(['-s', '-S', '-i', '-f', '-sS', '-fsS', '--fail', '--silent', '-L'])

/** Sends the request of a `curl` command to the gateway instead of `http://localhost:3000`. Throws on an error response. */
export async function sendCurl(words: readonly string[], shell: Shell): Promise<void> {
  const { url, method, headers, body } = readCurl(words)
  const target = url.replace(/^(http:\/\/)?localhost:3000(?=\/|$)/, shell.gateway.url)
  if (!target.startsWith(shell.gateway.url)) throw new Error(`No test calls ${url}.`)
  const response = await fetch(target, { method, headers, ...(body !== undefined && { body }) })
  const text = await response.text()
  if (!response.ok) throw new Error(`curl ${url} returned ${response.status}: ${text}`)
  const result: unknown = /json/.test(response.headers.get('content-type') ?? '')
    ? JSON.parse(text)
    : null
  if (typeof result !== 'object' || result === null) return
  for (const [name, value] of Object.entries(result)) {
    if (typeof value === 'string') shell.variables[name.toUpperCase()] = value
  }
}

function readCurl(words: readonly string[]) {
  const headers = new Headers()
  let [url, method, body]: (string | undefined)[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const option = SHORT[word]
    if (option !== undefined) at += 1
    const value = words[at] ?? ''
    if (option === 'method') method = value
    else if (option === 'header') headers.append(...splitHeader(value))
    else if (option === 'user') headers.set('authorization', `Basic ${btoa(value)}`)
    else if (option !== undefined) body = value
    else if (!word.startsWith('-')) url = word
    else if (!SILENT.has(word)) throw new Error(`Unknown curl option ${word}.`)
    if (option === 'json') headers.set('content-type', 'application/json')
  }
  if (url === undefined) throw new Error('curl has no address.')
  // As curl does.
  if (body !== undefined && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded')
  }
  return { url, method: method ?? (body === undefined ? 'GET' : 'POST'), headers, body }
}

function splitHeader(text: string): [string, string] {
  const colon = text.indexOf(':')
  return [text.slice(0, colon), text.slice(colon + 1).trim()]
}
