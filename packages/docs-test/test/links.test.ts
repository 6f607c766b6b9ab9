import { expect, test } from 'vitest'
import { findDeadLinks } from '../src/find-dead-links.ts'
import { readDocument, readDocuments } from '../src/read-documents.ts'

const documents = readDocuments()

test.each(documents)('every link, anchor and path exists: $path', (document) => {
  expect(findDeadLinks(document, documents)).toEqual([])
})

test.each([
  ['[a](README.md)', []],
  ['[a](README.md#start)', []],
  ['[a](docs/)', []],
  ['[a](packages/pipedream-client#errors)', []],
  ['[a](#here)\n\n# Here', []],
  ['[a](#here-1)\n\n# Here\n\n# `Here`', []],
  ['[a](https://example.com/#nothing)', []],
  ['<a id="there"></a> [a](#there)', []],
  ['[a](no-such.md)', ['no-such.md']],
  ['[a](README.md#no-such-anchor)', ['README.md#no-such-anchor']],
  ['[a](#no-such-anchor)', ['#no-such-anchor']],
  ['[a][b]\n\n[b]: no-such.md', ['no-such.md']],
  ['![a](no-such.png)', ['no-such.png']],
  ['<img src="no-such.png">', ['no-such.png']],
  ['[a](../outside.md)', ['../outside.md']],
  ['`scripts/run.mjs`, `apps/web/dist/x`, `apps/*`', []],
  ['`scripts/no-such.mjs`', ['scripts/no-such.mjs']],
  ['`no-such/file.ts`, `no-such/*.ts`', ['no-such/file.ts']],
])('%j has the dead links %j', (text, dead) => {
  const found = findDeadLinks(readDocument('a.md', text), [
    ...documents,
    readDocument('a.md', text),
  ])
  expect(found.map((line) => line.split(': ')[1])).toEqual(dead)
})
