import { buildSchema, parse } from 'graphql'
import { array, assert, constantFrom, integer, letrec, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import { measureOperation } from './measure-operation.ts'

const schema = buildSchema(`
  type Query { node: Node, list(first: Int! = 10): List, apps: AppsResult! }
  type Node { id: ID, node: Node, list(first: Int! = 10): List }
  type List { nodes: [Node], calls: AppsResult }
  union AppsResult = List | UpstreamError
  type UpstreamError { message: String }
`)
const measure = (text: string) => measureOperation(parse(text), schema)

test.each([
  ['{ node { id } }', { depth: 2, aliases: 0, directives: 0, rootFields: 1, cost: 2 }],
  ['{ a: node { b: id } c: node { id } }', { aliases: 3, rootFields: 2, cost: 4 }],
  ['{ list(first: 3) { nodes { id } } }', { cost: 1 + 3 * 2 }],
  ['{ list { nodes { id } } }', { cost: 1 + 10 * 2 }],
  ['query ($n: Int!) { list(first: $n) { nodes { id } } }', { cost: 1 + 100 * 2 }],
  ['{ list(first: 99999) { nodes { id } } }', { cost: 1 + 100 * 2 }],
  ['{ list(first: -5) { nodes { id } } }', { cost: 1 + 1 * 2 }],
  ['{ list(first: 3) { nodes { list(first: 3) { nodes { id } } } } }', { cost: 1 + 3 * (1 + 7) }],
  ['{ ...a ...a } fragment a on Query { node { id } }', { rootFields: 2, cost: 4, depth: 2 }],
  ['query a { node { id } } query b { node { node { id } } }', { depth: 3, cost: 3 }],
  [
    '{ a: apps { ...u } b: apps { ...u } } fragment u on UpstreamError { message }',
    { upstream: 2 },
  ],
  ['{ ...a ...a } fragment a on Query { apps { __typename } }', { upstream: 2 }],
  ['{ list(first: 3) { calls { __typename } nodes { id } } }', { upstream: 3 }],
  ['{ apps { ... on List { calls { __typename } } } list { nodes { id } } }', { upstream: 2 }],
  ['{ ... @skip(if: false) { node @skip(if: false) { id } } }', { directives: 2, rootFields: 1 }],
])('%s', (text, size) => expect(measure(text)).toMatchObject(size))

test('fragments that double are measured in linear time', () => {
  const doubling = Array.from(
    { length: 100 },
    (_, n) => `fragment f${n} on Node { ...f${n + 1} ...f${n + 1} }`,
  ).join(' ')
  const { cost } = measure(`{ node { ...f0 } } ${doubling} fragment f100 on Node { id }`)
  expect(cost).toBeGreaterThan(2 ** 99)
})

const { fields } = letrec<{ fields: string; field: string }>((tie) => ({
  field: oneof(
    { maxDepth: 4, depthIdentifier: 'depth' },
    constantFrom('id', 'other: id', 'id @skip(if: false)'),
    tie('fields').map((within) => `node { ${within} }`),
  ),
  fields: array(tie('field'), { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')),
}))

test('what hides in a fragment counts as if it stood there', () => {
  assert(
    property(fields, integer({ min: 1, max: 5 }), (fields, times) => {
      const hidden = `{ node { ${'...f '.repeat(times)} } } fragment f on Node { ${fields} }`
      expect(measure(hidden)).toEqual(measure(`{ node { ${`${fields} `.repeat(times)} } }`))
    }),
  )
})
