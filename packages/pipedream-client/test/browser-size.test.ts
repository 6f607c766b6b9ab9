import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleBrowserDoor } from './bundle-browser-door.ts'

test('the browser door is under 3.5 kB gzipped, and holds nothing of the server door', async () => {
  const code = await bundleBrowserDoor()
  expect(gzipSync(code).length).toBeLessThan(3500)
  expect(code).toContain('authProvisionId')
  expect(code).not.toMatch(/secret|oauth\/token|authorization|api\.pipedream\.com/i)
})
