import { expect, test } from 'vitest'
import { messages } from '../i18n/messages/en.ts'
import { resultSentence } from './result-sentence.ts'

const words = messages.errors
const said = 'In the server’s own words.'

test('an error that the page knows is told in the page’s language', () => {
  const away = resultSentence(
    { __typename: 'UpstreamError', message: said, retryable: true },
    words,
  )
  const refused = resultSentence(
    { __typename: 'UpstreamError', message: said, retryable: false },
    words,
  )
  expect(new Set([away, refused, said]).size).toBe(3)
})

test.each([
  [undefined, words.busy],
  [null, words.busy],
  [1, words.busyFor({ seconds: 1 })],
  [29_001, words.busyFor({ seconds: 30 })],
])('too many requests, to be repeated after %s ms', (retryAfterMs, sentence) => {
  const error = { __typename: 'RateLimited', message: said }
  expect(
    resultSentence(retryAfterMs === undefined ? error : { ...error, retryAfterMs }, words),
  ).toBe(sentence)
})

test('any other error is told as the server says it', () => {
  expect(resultSentence({ __typename: 'InvalidInput', message: said }, words)).toBe(said)
})
