import { expect, test } from 'vitest'
import { messages } from '../i18n/messages/en.ts'
import { resultSentence } from './result-sentence.ts'

const { errors } = messages
const said = 'In the server’s own words.'

test('an error that the page knows is told in the page’s language', () => {
  const away = resultSentence(
    { __typename: 'UpstreamError', message: said, retryable: true },
    errors,
  )
  const refused = resultSentence(
    { __typename: 'UpstreamError', message: said, retryable: false },
    errors,
  )
  expect(new Set([away, refused, said]).size).toBe(3)
})

test.each([
  [undefined, errors.busy],
  [null, errors.busy],
  [1, errors.busyFor({ seconds: 1 })],
  [29_001, errors.busyFor({ seconds: 30 })],
])('too many requests, to be repeated after %s ms', (retryAfterMs, sentence) => {
  const error = { __typename: 'RateLimited', message: said }
  expect(
    resultSentence(retryAfterMs === undefined ? error : { ...error, retryAfterMs }, errors),
  ).toBe(sentence)
})

test('any other error is told as the server says it', () => {
  expect(resultSentence({ __typename: 'InvalidInput', message: said }, errors)).toBe(said)
})
