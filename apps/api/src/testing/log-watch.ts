/** Knows what was logged and which secrets were about, and finds the one in the other. */
export interface LogWatch {
  /** A line that was logged. */
  addLine(line: string): void
  /** Something that no line may hold. */
  addSecret(secret: string | null | undefined): void
  /** Whatever secret a request brings: bearers and cookies, good or bad. */
  addRequest(request: Request): void
  /** The cookies that an answer gives. */
  addResponse(response: Response): void
  /** What Pipedream is asked and answers: client secret, access and connect tokens, a flow's addresses. */
  addUpstream(request: Request, response: Response): Promise<void>
  knows(secret: string): boolean
  /** The lines that hold a secret, with it blacked out. */
  findLeaks(): string[]
}

// A word such as “nobody” may be sent as a bearer, and stand in a line for a better reason.
const LEAST_LENGTH = 12

export function createLogWatch(): LogWatch {
  const lines: string[] = []
  const secrets = new Set<string>()

  function addSecret(secret: string | null | undefined): void {
    if (secret && secret.length >= LEAST_LENGTH) secrets.add(secret)
  }

  function addCookie(pair: string): void {
    addSecret(pair.slice(pair.indexOf('=') + 1).trim())
  }

  return {
    addLine: (line) => void lines.push(line),
    addSecret,
    addRequest({ headers }) {
      addSecret(headers.get('authorization')?.replace(/^Bearer +/i, ''))
      for (const pair of headers.get('cookie')?.split(';') ?? []) addCookie(pair)
    },
    addResponse({ headers }) {
      for (const line of headers.getSetCookie()) addCookie(line.split(';', 1)[0] ?? '')
    },
    async addUpstream(request, response) {
      addSecret(request.headers.get('authorization')?.replace(/^Bearer +/i, ''))
      if (request.method !== 'POST' || !/\/tokens?$/.test(request.url)) return
      const asked = await readJson(request)
      const answered = await readJson(response)
      addSecret(asked['client_secret'])
      addSecret(answered['access_token'])
      addSecret(answered['token'])
      addSecret(asked['success_redirect_uri']?.split('/').at(-1))
    },
    knows: (secret) => secrets.has(secret),
    findLeaks() {
      const text = lines.join('\n')
      const leaked = [...secrets].filter((secret) => text.includes(secret))
      return lines
        .filter((line) => leaked.some((secret) => line.includes(secret)))
        .map((line) =>
          leaked.reduce((safe, secret) => safe.replaceAll(secret, '[a secret that leaked]'), line),
        )
    },
  }
}

async function readJson(message: Request | Response): Promise<Record<string, string | undefined>> {
  try {
    return (await message.clone().json()) ?? {}
  } catch {
    return {}
  }
}

/** What the worlds of this test file log, and the secrets that they use; `check-logs.ts` looks at the end. */
export const logWatch = createLogWatch()
