import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleBrowserDoor, bundleReactDoor } from './bundle-browser-door.ts'

test('the React door adds less than 2 kB gzipped to the browser door, and needs React alone', async () => {
  const [browser, react] = await Promise.all([bundleBrowserDoor(), bundleReactDoor()])
  expect(gzipSync(react).length - gzipSync(browser).length).toBeLessThan(2000)
  expect(react).toContain('authProvisionId')
  expect(react).not.toMatch(/secret|oauth\/token|authorization|api\.pipedream\.com/i)
  expect([...react.matchAll(/from\s*["']([^"']+)["']/g)].map(([, name]) => name)).toEqual(['react'])
})

test('the React door tells frameworks with server components that it is for the client', async () => {
  const source = await readFile(new URL('../src/react.ts', import.meta.url), 'utf8')
  expect(source).toMatch(/^'use client'\n/)
})
