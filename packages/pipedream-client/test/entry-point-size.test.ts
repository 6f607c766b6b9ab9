import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleEntryPoint } from './bundle-entry-point.ts'

const BUDGETS = [
  { what: 'connectAccount', file: 'browser.ts', names: ['connectAccount'], bytes: 3200 },
  { what: 'the browser entry point', file: 'browser.ts', names: [], bytes: 6075 },
  { what: 'the React entry point, without React', file: 'react.ts', names: [], bytes: 6675 },
] as const

test.each(BUDGETS)('$what takes less than $bytes bytes gzipped', async ({ file, names, bytes }) => {
  const code = await bundleEntryPoint(file, names)
  expect(gzipSync(code).length).toBeLessThan(bytes)
  expect(code).toContain('authProvisionId')
  expect(code).not.toMatch(/secret|oauth\/token|authorization|api\.pipedream\.com/i)
  const imported = [...code.matchAll(/from\s*["']([^"']+)["']/g)].map(([, name]) => name)
  expect(imported).toEqual(file === 'react.ts' ? ['react'] : [])
})

test('the React entry point is marked as client code for frameworks with server components', async () => {
  const source = await readFile(new URL('../src/react.ts', import.meta.url), 'utf8')
  expect(source).toMatch(/^'use client'\n/)
})
