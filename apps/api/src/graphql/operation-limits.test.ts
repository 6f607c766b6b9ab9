import { getIntrospectionQuery } from 'graphql'
import { expect, test } from 'vitest'
import { examples } from './graphiql-examples.ts'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import type { Person } from '../../test/fixtures/create-person.ts'
import { defaultLimits } from '../config/limit-settings.ts'

const answerTo = async (query: string) => {
  const { signIn } = await createTestGateway()
  const response = await (await signIn('ada')).post('/graphql', { query })
  return { status: response.status, ...(await response.json()) }
}

const ACCOUNTS = `... on AccountConnection { nodes { id name app { slug } } }`

test.each([
  ['aliases', `{ ${Array.from({ length: 30 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
  [
    'aliases within fragments',
    `{ viewer { ...a ...a ...a ...a } } fragment a on Viewer { ...b ...b ...b ...b } fragment b on Viewer { x: kind y: kind }`,
  ],
  ['directives', `{ __typename ${'@include(if: true) '.repeat(30)} }`],
  [
    'directives on variables',
    `query ($a: Int ${'@deprecated '.repeat(30)}) { apps(first: $a) { __typename } }`,
  ],
  ['fields at the top', `{ ${'__typename '.repeat(30)} }`],
  ['words', `{ ${'viewer { kind } '.repeat(2000)} }`],
  ['nesting', '{ viewer '.repeat(5000)],
  [
    'entries of lists',
    `{ viewer { ${Array.from({ length: 20 }, (_, n) => `a${n}: accounts { ${ACCOUNTS} }`).join(' ')} } }`,
  ],
  [
    'calls to Pipedream',
    `{ viewer { ${Array.from({ length: 6 }, (_, n) => `a${n}: accounts(first: 1) { __typename }`).join(' ')} } }`,
  ],
])('too many %s are refused before anything is done', async (_what, query) => {
  const { status, data, errors } = await answerTo(query)
  expect(status).toBe(400)
  expect(data).toBeUndefined()
  expect(errors.length).toBeGreaterThan(0)
})

test('fields within fields are bounded', async () => {
  const { signIn } = await createTestGateway({
    limits: {
      ...testLimits,
      operations: { ...defaultLimits.operations, depth: 3 },
    },
  })
  const ada = await signIn('ada')
  const deep = await ada.post('/graphql', {
    query: `{ viewer { accounts { ${ACCOUNTS} } } }`,
  })
  expect(deep.status).toBe(400)
  const shallow = await ada.post('/graphql', { query: '{ viewer { accounts { __typename } } }' })
  expect(shallow.status).toBe(200)
})

test.each(['application/json', 'application/graphql-response+json'])(
  'an operation that is too large is a 400 for a client that accepts %s',
  async (accept) => {
    const { signIn } = await createTestGateway()
    const ada = await signIn('ada')
    ada.headers.accept = accept
    for (const query of [`{ ${'a '.repeat(3000)} }`, `{ ${'__typename '.repeat(11)} }`]) {
      const response = await ada.post('/graphql', { query })
      expect(response.status).toBe(400)
      const { errors } = await response.json()
      expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_LARGE' } }])
    }
  },
)

test('what GraphiQL sends is far within the bounds', async () => {
  const { signIn } = await createTestGateway({
    limits: {
      ...testLimits,
      operations: {
        depth: 15,
        aliases: 2,
        directives: 2,
        rootFields: 5,
        tokens: 500,
        cost: 5000,
        upstream: 1,
      },
    },
  })
  const ada = await signIn('ada')
  for (const query of [getIntrospectionQuery(), examples]) {
    const response = await ada.post('/graphql', {
      query,
      ...(query === examples && { operationName: 'Viewer' }),
    })
    expect((await response.json()).errors).toBeUndefined()
  }
})

async function isHelped(person: Person, query: string): Promise<boolean> {
  const { errors } = await (await person.post('/graphql', { query })).json()
  return errors[0].message.includes('Did you mean')
}

test('suggestions for unknown names are for signed-in viewers only', async () => {
  const { browser, signIn } = await createTestGateway()
  const [ada, anonymous] = [await signIn('ada'), browser()]
  expect(await isHelped(ada, '{ viewer { kinf } }')).toBe(true)
  expect(await isHelped(anonymous, '{ viewer { kinf } }')).toBe(false)
  expect(await isHelped(anonymous, '{ viewer { kimd } }')).toBe(false)
  expect(await isHelped(ada, '{ viewer { kimd } }')).toBe(true)
})

test('validation stops after a few errors', async () => {
  const { errors } = await answerTo(
    `{ viewer { ${Array.from({ length: 900 }, (_, n) => `lastEventIdOfMine${n}`).join(' ')} } }`,
  )
  expect(errors.length).toBeLessThan(12)
})
