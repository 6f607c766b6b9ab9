import { describe, expect, test } from 'vitest'
import { createViewerWatch } from './viewer-watch.ts'

const ADA = { viewer: { kind: 'USER', externalUserId: 'ada' } }
const GRACE = { viewer: { kind: 'USER', externalUserId: 'grace' } }
const ADA_AS_OPERATOR = { viewer: { kind: 'OPERATOR', externalUserId: 'ada' } }
const NOBODY = { viewer: null }
const REFUSED = { apps: { __typename: 'NotSignedIn', message: 'Nobody is signed in.' } }
const APPS = { apps: { __typename: 'AppConnection', nodes: [] } }

/** What a watch tells of these answers, in this order. */
function told(answers: unknown[], options: { nobody?: boolean } = {}): string[] {
  const heard: string[] = []
  const watch = createViewerWatch({
    ...options,
    onSignedOut: () => heard.push('signed out'),
    onSomebodyElse: () => heard.push('somebody else'),
  })
  for (const answer of answers) watch(answer)
  return heard
}

describe('createViewerWatch', () => {
  test.each([
    ['the first answer', [ADA]],
    ['a first answer that nobody is', [NOBODY, NOBODY]],
    ['the same person again', [ADA, APPS, ADA]],
    ['an answer that does not say', [ADA, APPS, { viewer: {} }, null, undefined, 'text', {}]],
  ])('is silent about %s', (_, answers) => {
    expect(told(answers)).toEqual([])
  })

  test.each([
    ['another name', [ADA, GRACE]],
    ['another role', [ADA, ADA_AS_OPERATOR]],
    ['somebody where nobody was', [NOBODY, ADA]],
  ])('tells of %s', (_, answers) => {
    expect(told(answers)).toEqual(['somebody else'])
  })

  test.each([
    ['a viewer that is gone', [ADA, NOBODY]],
    ['a refusal', [ADA, REFUSED]],
    ['a refusal before all else', [REFUSED]],
  ])('tells of %s', (_, answers) => {
    expect(told(answers)).toEqual(['signed out'])
  })

  test('tells once, however many answers say it', () => {
    expect(told([ADA, REFUSED, REFUSED, NOBODY, GRACE])).toEqual(['signed out'])
  })

  test('that knows that nobody is signed in tells of the first person', () => {
    expect(told([NOBODY], { nobody: true })).toEqual([])
    expect(told([ADA], { nobody: true })).toEqual(['somebody else'])
  })
})
