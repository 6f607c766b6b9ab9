import { createPipedreamClient } from 'pipedream-client/server'
import { expect, test } from 'vitest'
import { cases } from './cases.ts'
import { OURS_ALONE } from './gaps.ts'
import { methodsOf } from './method-of.ts'
import { listOfficialMethods } from './official-methods.ts'

const project = { projectId: 'proj_AbC123', projectEnvironment: 'development' } as const

test('every method of the official SDK is compared', () => {
  const accountedFor = new Set<string>(cases.map(({ official }) => official))
  // Not a method, but it requests an access token.
  accountedFor.delete('rawAccessToken')
  expect(listOfficialMethods().toSorted()).toEqual([...accountedFor].toSorted())
})

test('every method of ours is compared, or listed as ours alone', () => {
  const client = createPipedreamClient({ ...project, clientId: 'a', clientSecret: 'b' })
  const accountedFor = new Set([...cases.map(({ ours }) => ours), ...Object.keys(OURS_ALONE)])
  expect(methodsOf(client).toSorted()).toEqual([...accountedFor].toSorted())
})

test('no method is both compared and listed as ours alone', () => {
  const compared = new Set<string>(cases.flatMap(({ official, ours }) => [official, ours]))
  expect(Object.keys(OURS_ALONE).filter((method) => compared.has(method))).toEqual([])
})
