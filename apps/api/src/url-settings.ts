import { z } from 'zod'
import { readSite } from './site.ts'

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })

export const originUrl = httpUrl
  .regex(
    /^[^/]*\/\/[^/?#@]*\/?$/,
    'must be an origin alone, without a path: https://app.example.com',
  )
  .transform((value) => URL.parse(value)?.origin ?? value)

export const baseUrl = httpUrl.refine((value) => !/[?#]|\/\/[^/]*@/.test(value), {
  error: 'must be a URL without query, fragment and password',
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
  .transform((value) => readSite(value).url)
