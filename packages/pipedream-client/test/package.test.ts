import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('nothing has to be installed with it', () => {
  const description = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(description.dependencies ?? {}).toEqual({})
  expect(description.optionalDependencies ?? {}).toEqual({})
  const peers = Object.keys(description.peerDependencies ?? {})
  expect(peers.filter((name) => !description.peerDependenciesMeta[name]?.optional)).toEqual([])
})
