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
  // What is shown asserts for itself; what is left is that it got to its end.
  await expect(runProof(proof, show)).resolves.toBeUndefined()
})

test('of every method of the official SDK something is shown, or awaited', () => {
  const methods = new Set<string>(proofs.flatMap(({ method }) => method ?? []))
  expect([...methods].filter((method) => AWAITED.has(method))).toEqual([])
  expect([...methods, ...AWAITED].toSorted()).toEqual(
    [...listOfficialMethods(), 'rawAccessToken'].toSorted(),
  )
})
