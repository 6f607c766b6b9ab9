import { checkOrigin, type OriginProblem } from 'pipedream-client/node'
import { z } from 'zod'
import { readSite } from '../http/site.ts'

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https URL',
  abort: true,
})

/** An origin as a browser sends it in `Origin`; a trailing slash and similar differences are normalized. */
export const originUrl = z
  .string()
  .superRefine((value, context) => refuse(checkOrigin(value), context))
  .transform((value) => originOf(value))

export const baseUrl = httpUrl
  .refine((value) => !/[?#]|\/\/[^/]*@/.test(value), {
    error: 'must be a URL without query, fragment and password',
  })
  .refine((value) => !/\/v1\/*$/.test(value), {
    error: 'must not end in /v1, which every call appends: https://api.pipedream.com',
  })

// No `%`, because proxies change and interpret percent-encoding differently. No dot segments, because browsers resolve them.
const CLEAN_PATH = /^[^/]*\/\/[^/\\\s]*(\/(?!\.{1,2}(\/|$))[\w.~-]+)*\/?$/

/** URL of the gateway for browsers, without a trailing slash. */
export const publicUrl = httpUrl
  .refine((value) => !/[?#@]/.test(value), {
    error:
      'must not have a query, a fragment, a user or a password: https://app.example.com/connections',
    abort: true,
  })
  .refine((value) => CLEAN_PATH.test(value), {
    error:
      'must have no path, or one of letters, digits and - . _ ~ only: https://app.example.com/connections',
    abort: true,
  })
  .superRefine((value, context) => refuse(checkOrigin(originOf(value)), context))
  .transform((value) => readSite(value).url)

function originOf(value: string): string {
  return URL.parse(value)?.origin ?? value
}

function refuse(problem: OriginProblem | undefined, context: z.core.$RefinementCtx): void {
  if (problem?.kind !== 'unusable') return
  context.addIssue({ code: 'custom', message: sentencesOf(problem).replace(/\.$/, '') })
}

/** Warns of origins and URLs that receive cookies and tokens without encryption. */
export function warnOfUnencrypted(setting: string, values: readonly string[]): string[] {
  return unencryptedAmong(values).map((problem) => `${setting} ${sentencesOf(problem)}`)
}

/** The same without the advice, for a setting that is refused. */
export function explainUnencrypted(setting: string, values: readonly string[]): string[] {
  return unencryptedAmong(values).map(({ what }) => `${setting} ${what}`)
}

function unencryptedAmong(values: readonly string[]): OriginProblem[] {
  return values.flatMap((value) => {
    const problem = checkOrigin(originOf(value))
    return problem?.kind === 'unencrypted' ? [problem] : []
  })
}

function sentencesOf({ what, fix }: OriginProblem): string {
  return `${what} ${fix}`
}
