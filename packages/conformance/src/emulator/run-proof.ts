// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { PipedreamError } from '@pipedream/sdk'
import type { LoggedRequest } from 'pipedream-emulator'
import { expect } from 'vitest'
import type { Proof } from './proof.ts'
import { setScene } from './scene.ts'

type Show = Proof['shows'][string]

const outcomes = new Map<Show, Promise<void>>()

/** Runs one step of a proof in its own scene, once, and asserts that its endpoint was called successfully. */
export function runProof(proof: Proof, show: Show): Promise<void> {
  const outcome = outcomes.get(show) ?? run(proof, show)
  outcomes.set(show, outcome)
  return outcome
}

async function run({ endpoint }: Proof, show: Show): Promise<void> {
  await using scene = await setScene()
  await show(scene)
  const isCalled = scene.emulator.requests.some((request) => succeeds(request, endpoint))
  expect(isCalled, `${endpoint} was called and returned 2xx`).toBe(true)
}

/** Returns the error of a failing call, which must be an error of the official SDK. */
export async function refusalOf(call: PromiseLike<unknown>): Promise<PipedreamError> {
  const outcome = await call.then(
    () => 'no error',
    (error: unknown) => error,
  )
  if (outcome instanceof PipedreamError) return outcome
  throw new Error('An error of the official SDK was expected.', { cause: outcome })
}

/** Returns the entries of all pages. */
export async function collect<Item>(pages: PromiseLike<AsyncIterable<Item>>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of await pages) items.push(item)
  return items
}

function succeeds({ method, path, status }: LoggedRequest, endpoint: string): boolean {
  if (status === null || status < 200 || status > 299) return false
  return matchesEndpoint(`${method} ${path.split('?')[0]}`, endpoint)
}

// Each workflow has its own host; only the path is logged.
function matchesEndpoint(asked: string, endpoint: string): boolean {
  const pattern = endpoint.replace(/https:\/\/[^/]+/, '').replaceAll(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(asked)
}
