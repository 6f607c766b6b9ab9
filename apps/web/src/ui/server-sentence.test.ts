import { expect, test } from 'vitest'
import { readServerSentence } from './server-sentence.ts'

const plain = (status: number, text: string, type = 'text/plain; charset=utf-8') =>
  new Response(text, { status, headers: { 'content-type': type } })

test.each([
  [403, 'This page may not call us. If it should, add its origin to ALLOWED_ORIGINS.'],
  [429, 'Too many sign-ins. Wait a minute, then try again.'],
  [500, 'Something went wrong on our side. Request id: 4e1b'],
])('an answer of %i with one sentence is read', async (status, sentence) => {
  expect(await readServerSentence(plain(status, `${sentence}\n`))).toBe(sentence)
})

test.each([
  ['a proxy whose gateway is away', plain(503, 'No healthy upstream was found.')],
  ['a page', plain(403, '<h1>Forbidden.</h1>', 'text/html')],
  ['a page that calls itself text', plain(403, '<h1>Forbidden.</h1>')],
  ['a word of HTTP', plain(429, 'Too Many Requests')],
  ['a stack trace', plain(500, 'Error: It broke.\n    at main (main.js:1:1)')],
  ['a long text', plain(400, 'A long story. '.repeat(30))],
  ['nothing', plain(403, '')],
  ['an answer without a type', new Response(null, { status: 403 })],
])('%s is not', async (_, response) => {
  expect(await readServerSentence(response)).toBeUndefined()
})
