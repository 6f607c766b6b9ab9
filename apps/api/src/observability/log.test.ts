import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function logTo() {
  const lines: string[] = []
  const log = createLog({ write: (line) => void lines.push(line) })
  return { log, lines }
}

test('a field with a secret name is redacted, also in an object or a list', () => {
  const { log, lines } = logTo()
  log.info({ token: 'secret-1', count: 1 }, 'At the top')
  log.warn({ sent: { headers: { cookie: 'secret-2' }, path: '/' } }, 'In an object')
  log.error(
    { tokens: [{ token: 'secret-3' }], one: { two: { password: 'secret-4' } } },
    'In a list',
  )
  expect(lines.join('')).not.toContain('secret-')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'info', token: '[redacted]', count: 1, msg: 'At the top' },
    { level: 'warn', sent: { headers: '[redacted]', path: '/' } },
    { level: 'error', tokens: [{ token: '[redacted]' }], one: { two: { password: '[redacted]' } } },
  ])
})

test('an object that contains itself is logged, and its depth is bounded', () => {
  const { log, lines } = logTo()
  const circular: Record<string, unknown> = { token: 'secret-1' }
  circular['self'] = circular
  log.info({ circular }, 'Circular')
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('secret-')
})

test('of an error only its type, code, and redacted texts are logged', () => {
  const { log, lines } = logTo()
  const cause = Object.assign(new TypeError('with ctok_0123456789'), { code: 'E_ONE' })
  const err = Object.assign(new Error('Bearer secret-1', { cause }), {
    body: 'secret-2',
    detail: { row: 'secret-3' },
  })
  log.error({ err }, 'Failed')
  expect(lines.join('')).not.toMatch(/secret-|ctok_/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: {
      type: 'Error',
      message: 'Bearer [redacted]',
      cause: { type: 'TypeError', message: 'with [redacted]', code: 'E_ONE' },
    },
    msg: 'Failed',
  })
})
