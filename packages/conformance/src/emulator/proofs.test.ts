import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listOfficialMethods } from '../official-methods.ts'
import { AWAITED } from './awaited.ts'
import { updateParity } from './parity.ts'
import { proofs } from './proofs.ts'
import { runProof } from './run-proof.ts'

const manifest = createRequire(import.meta.url).resolve('pipedream-emulator/package.json')
const README = join(dirname(manifest), 'README.md')

const shown = proofs.flatMap((proof) =>
  Object.entries(proof.shows).map(([words, show]) => {
    const title = `${proof.method ?? 'no method of the SDK'}, ${proof.endpoint}: ${words}`
    return { title, proof, show }
  }),
)

test.each(shown)('$title', async ({ proof, show }) => {
  // The proofs contain assertions; here it only matters that they finish.
  await expect(runProof(proof, show)).resolves.toBeUndefined()
})

// After an intended change, `pnpm --filter conformance parity` updates the table.
test("the emulator's README lists the tested behaviour", async () => {
  const updated = await updateParity(readFileSync(README, 'utf8'), proofs)
  await expect(updated).toMatchFileSnapshot(README)
})

test('every method of the official SDK is tested, or listed as pending', () => {
  const methods = new Set<string>(proofs.flatMap(({ method }) => method ?? []))
  expect([...methods].filter((method) => AWAITED.has(method))).toEqual([])
  expect([...methods, ...AWAITED].toSorted()).toEqual(
    [...listOfficialMethods(), 'rawAccessToken'].toSorted(),
  )
})
