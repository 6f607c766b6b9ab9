import { expect, test } from 'vitest'
import { signWebhook } from './send-trigger-webhooks.ts'

test('the known signature of a known body', () => {
  const signed = signWebhook({
    body: '{"text":"hello"}',
    signingKey: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    at: new Date('2026-01-01T00:00:00.999Z'),
  })
  expect(signed).toBe(
    't=1767225600,v1=fdddfe62a9078aef5ae335265c775e52b54f70996c6bfb2346f1a46136ceb0b9',
  )
})
