import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { updateParity } from './parity.ts'
import { proofs } from './proofs.ts'

const manifest = createRequire(import.meta.url).resolve('pipedream-emulator/package.json')
const README = join(dirname(manifest), 'README.md')

// After an intended change, `pnpm --filter conformance parity` updates the table.
test("the emulator's README lists the tested behaviour", async () => {
  const updated = await updateParity(readFileSync(README, 'utf8'), proofs)
  await expect(updated).toMatchFileSnapshot(README)
})
