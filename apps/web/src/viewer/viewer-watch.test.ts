import { describe, expect, test } from 'vitest'
import { createViewerWatch } from './viewer-watch.ts'

const ADA = { viewer: { kind: 'USER', externalUserId: 'ada' } }
const GRACE = { viewer: { kind: 'USER', externalUserId: 'grace' } }
const ADA_AS_OPERATOR = { viewer: { kind: 'OPERATOR', externalUserId: 'ada' } }
const SIGNED_OUT = { viewer: null }
const REFUSED = { apps: { __typename: 'NotSignedIn', message: 'Sign in first.' } }
const APPS = { apps: { __typename: 'AppConnection', nodes: [] } }

/** What a watch reports for these responses, in this order. */
function reported(responses: unknown[], options: { signedOut?: boolean } = {}): string[] {
  const reports: string[] = []
  const watch = createViewerWatch({
    ...options,
    onSignedOut: () => reports.push('signed out'),
    onOtherUser: () => reports.push('other user'),
  })
  for (const response of responses) watch.read(response)
  return reports
}

describe('createViewerWatch', () => {
  test.each([
    ['the first response', [ADA]],
    ['a first response without a viewer', [SIGNED_OUT, SIGNED_OUT]],
    ['the same user again', [ADA, APPS, ADA]],
    ['responses without a viewer', [ADA, APPS, { viewer: {} }, null, undefined, 'text', {}]],
  ])('is silent about %s', (_, responses) => {
    expect(reported(responses)).toEqual([])
  })

  test.each([
    ['another name', [ADA, GRACE]],
    ['another role', [ADA, ADA_AS_OPERATOR]],
    ['a user after none', [SIGNED_OUT, ADA]],
  ])('reports %s', (_, responses) => {
    expect(reported(responses)).toEqual(['other user'])
  })

  test.each([
    ['a viewer that is signed out', [ADA, SIGNED_OUT]],
    ['a rejection', [ADA, REFUSED]],
    ['a rejection at first', [REFUSED]],
  ])('reports %s', (_, responses) => {
    expect(reported(responses)).toEqual(['signed out'])
  })

  test('reports once, however many responses say it', () => {
    expect(reported([ADA, REFUSED, REFUSED, SIGNED_OUT, GRACE])).toEqual(['signed out'])
  })

  test('a watch that starts signed out reports the first user', () => {
    expect(reported([SIGNED_OUT], { signedOut: true })).toEqual([])
    expect(reported([ADA], { signedOut: true })).toEqual(['other user'])
  })

  test('reports a rejected request once, as another user', () => {
    const reports: string[] = []
    const watch = createViewerWatch({
      onSignedOut: () => reports.push('signed out'),
      onOtherUser: () => reports.push('other user'),
    })
    watch.read(ADA)
    watch.rejected()
    watch.rejected()
    watch.read(GRACE)
    expect(reports).toEqual(['other user'])
  })

  test.each([
    ['no one at first', [], undefined],
    ['the first user', [ADA, APPS], 'ada'],
    ['the same user after a change', [ADA, GRACE], 'ada'],
    ['no one after a page without a user', [SIGNED_OUT, ADA], undefined],
  ])('shows %s', (_, responses, userId) => {
    const watch = createViewerWatch({ onSignedOut: () => {}, onOtherUser: () => {} })
    for (const response of responses) watch.read(response)
    expect(watch.shownUserId).toBe(userId)
  })
})
