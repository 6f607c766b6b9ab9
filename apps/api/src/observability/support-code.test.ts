import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { eventSupportCode, readSupportCode, supportCodeOf } from './support-code.ts'

test('a code in any spelling gives the start of its ID', () => {
  const id = randomUUID()
  const code = supportCodeOf(id)
  expect(code).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/)
  for (const typed of [code, code.toLowerCase(), ` ${code}\n`, code.replace('-', ' '), id]) {
    expect(readSupportCode(typed)).toBe(id.slice(0, 8))
  }
})

test.each(['', 'ada', '1234', '1234-567', '1234-56789', 'ABCD-123G', 'ABCD--1234', "1234-5678'"])(
  '%j is not a code',
  (text) => expect(readSupportCode(text)).toBeUndefined(),
)

test('the code of an event comes from its flow, not from its request', () => {
  const [flowId, requestId] = [randomUUID(), randomUUID()]
  expect(eventSupportCode({ flowId, requestId })).toBe(supportCodeOf(flowId))
  expect(eventSupportCode({ flowId: null, requestId })).toBe(supportCodeOf(requestId))
  expect(eventSupportCode({ flowId: null, requestId: null })).toBeNull()
})
