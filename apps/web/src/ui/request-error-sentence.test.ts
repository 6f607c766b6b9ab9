import { CombinedError } from 'urql'
import { describe, expect, test } from 'vitest'
import { messages } from '../i18n/messages/en.ts'
import { type RequestFailure, requestErrorSentence } from './request-error-sentence.ts'
import { ServerSentence } from './server-sentence.ts'

const unreachable = new CombinedError({ networkError: new TypeError('Failed to fetch') })
const answered = (status: number) =>
  new CombinedError({ networkError: new Error('status'), response: new Response('', { status }) })
const masked = new CombinedError({
  graphQLErrors: [
    { message: 'Cannot read properties of undefined', extensions: { requestId: 'req_7' } },
  ],
  response: new Response('{}', { status: 200 }),
})

const sentenceOf = (failure: RequestFailure, online: boolean) =>
  requestErrorSentence(failure, { online, messages: messages })

describe('requestErrorSentence', () => {
  test('tells being offline from a server that does not answer', () => {
    expect(sentenceOf(unreachable, false)).toMatch(/offline/i)
    expect(sentenceOf(unreachable, true)).toMatch(/can’t reach the server/i)
  })

  test('asks for patience when there were too many requests', () => {
    expect(sentenceOf(answered(429), true)).toMatch(/wait/i)
  })

  test.each([502, 503, 504])('takes a proxy’s %i for a server that is away', (status) => {
    expect(sentenceOf(answered(status), true)).toMatch(/can’t reach the server/i)
  })

  test('passes on what the server said itself', () => {
    const refused = new ServerSentence('This page may not call us.')
    const failure = new CombinedError({ networkError: refused })
    expect(sentenceOf(failure, true)).toBe('This page may not call us.')
  })

  test.each([
    ['a masked error', masked],
    ['a server error', answered(500)],
  ])('owns up to %s and shows nothing of it', (_, error) => {
    const sentence = sentenceOf(error, true)
    expect(sentence).toMatch(/something went wrong/i)
    expect(sentence).not.toContain('undefined')
  })

  test('passes on the id under which the server logged a masked error', () => {
    expect(sentenceOf(masked, true)).toContain('req_7')
    const response = new Response('', { status: 500, headers: { 'x-request-id': 'req_8' } })
    expect(sentenceOf(new CombinedError({ response }), true)).toContain('req_8')
  })
})
