import { expect, test } from 'vitest'
import { listOfficialMethods } from '../official-methods.ts'
import { AWAITED } from './awaited.ts'
import { proofs } from './proofs.ts'
import { runProof } from './run-proof.ts'

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

test('every method of the official SDK is tested, or listed as pending', () => {
  const methods = new Set<string>(proofs.flatMap(({ method }) => method ?? []))
  expect([...methods].filter((method) => AWAITED.has(method))).toEqual([])
  expect([...methods, ...AWAITED].toSorted()).toEqual(
    [...listOfficialMethods(), 'rawAccessToken'].toSorted(),
  )
})
