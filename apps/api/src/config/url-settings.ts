import { checkOrigin, type OriginProblem } from 'pipedream-client/node'
import { z } from 'zod'
import { readSite } from '../http/site.ts'

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https URL',
  abort: true,
})

/** What a browser sends as `Origin`; a slash at the end and the like are mended. */
export const originUrl = z
  .string()
  .superRefine((value, context) => refuse(checkOrigin(value), context))
  .transform((value) => originOf(value))

export const baseUrl = httpUrl
  .refine((value) => !/[?#]|\/\/[^/]*@/.test(value), {
    error: 'must be a URL without query, fragment and password',
  })
  .refine((value) => !/\/v1\/*$/.test(value), {
    error: 'must not end in /v1, which every call adds: https://api.pipedream.com',
  })

// No `%`: proxies disagree on whether to pass on `%C3` or `%c3`, and what either means. No dots alone: browsers resolve them.
const CLEAN_PATH = /^[^/]*\/\/[^/\\\s]*(\/(?!\.{1,2}(\/|$))[\w.~-]+)*\/?$/

/** Where browsers reach us, without a slash at the end. */
export const publicUrl = httpUrl
  .refine((value) => !/[?#@]/.test(value), {
    error:
      'must not have a query, a fragment, a user or a password: https://app.example.com/connections',
    abort: true,
  })
  .refine((value) => CLEAN_PATH.test(value), {
    error:
      'must have a path of letters, digits and - . _ ~ only, or none: https://app.example.com/connections',
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

/** Sentences about those of these origins and addresses to which cookies and tokens go without encryption. */
export function warnOfUnencrypted(setting: string, values: readonly string[]): string[] {
  return values.flatMap((value) => {
    const problem = checkOrigin(originOf(value))
    return problem?.kind === 'unencrypted' ? [`${setting} ${sentencesOf(problem)}`] : []
  })
}

function sentencesOf({ what, fix }: OriginProblem): string {
  return `${what} ${fix}`
}
