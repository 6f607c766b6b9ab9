// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPage } from '../../test/render-page.tsx'
import { ActivityPage, dayName } from './ActivityPage.tsx'

function event(id: string, type: string, more: object = {}) {
  return {
    __typename: 'ConnectionEvent',
    id,
    type,
    app: 'google_sheets',
    at: new Date().toISOString(),
    count: 1,
    flowId: null,
    reason: null,
    supportCode: 'ABCD-1234',
    ...more,
  }
}

function historyOf(nodes: object[], hasNextPage = false) {
  const events = {
    __typename: 'ConnectionEventConnection',
    nodes,
    pageInfo: { __typename: 'PageInfo', hasNextPage },
  }
  return { viewer: { __typename: 'Viewer', kind: 'USER', externalUserId: 'ada', events } }
}

test('a placeholder is shown while the history loads', () => {
  const page = renderPage(<ActivityPage />, {})
  expect(page.getByLabelText('Loading your activity')).toBeDefined()
})

test('an empty history says what will be shown', async () => {
  const page = renderPage(<ActivityPage />, { Activity: historyOf([]) })
  expect(await page.findByText('No activity yet')).toBeDefined()
})

test('a failure shows a support code; a success does not', async () => {
  const page = renderPage(<ActivityPage />, {
    Activity: historyOf([event('2', 'FLOW_FAILED'), event('1', 'FLOW_SUCCEEDED')]),
  })
  await page.findByText('Couldn’t connect Google Sheets.')
  expect(page.getByText('You connected Google Sheets.')).toBeDefined()
  expect(page.getAllByText('Support code ABCD-1234')).toHaveLength(1)
})

test('refusals that are recorded together are shown with their number', async () => {
  const page = renderPage(<ActivityPage />, {
    Activity: historyOf([event('2', 'FLOW_REFUSED', { count: 57 }), event('1', 'FLOW_REFUSED')]),
  })
  expect(await page.findByText('Couldn’t start connecting Google Sheets. (57 more)')).toBeDefined()
  expect(page.getByText('Couldn’t start connecting Google Sheets.')).toBeDefined()
})

test.each([
  { type: 'ACCOUNT_HELD', reason: 'not_finished', says: 'you didn’t finish', isWrong: true },
  { type: 'ACCOUNT_HELD', reason: 'finished_elsewhere', says: 'another browser', isWrong: true },
  { type: 'ACCOUNT_HELD', reason: 'unknown_age', says: 'when it was connected', isWrong: true },
  { type: 'ACCOUNT_HELD', reason: null, says: 'needed confirmation', isWrong: false },
  { type: 'ACCOUNT_RELEASED', reason: null, says: 'was confirmed', isWrong: false },
  { type: 'ACCOUNT_RELEASED', reason: 'kept', says: 'You kept', isWrong: false },
  { type: 'ACCOUNT_RELEASED', reason: 'released', says: 'An administrator', isWrong: false },
  { type: 'ACCOUNT_REMOVED', reason: null, says: 'wasn’t confirmed', isWrong: true },
  { type: 'ACCOUNT_REMOVED', reason: 'disconnected', says: 'was removed', isWrong: false },
  { type: 'ACCOUNT_REMOVED', reason: 'constructor', says: 'wasn’t confirmed', isWrong: true },
])('$type with the reason $reason says “$says”', async ({ type, reason, says, isWrong }) => {
  const page = renderPage(<ActivityPage />, { Activity: historyOf([event('1', type, { reason })]) })
  const sentence = await page.findByText((text) => text.includes(says))
  expect(sentence.textContent).toContain('Google Sheets')
  expect(page.queryAllByText('Support code ABCD-1234')).toHaveLength(isWrong ? 1 : 0)
})

test('older events are loaded on demand', async () => {
  const answers = { Activity: historyOf([event('2', 'FLOW_SUCCEEDED')], true) }
  const page = renderPage(<ActivityPage />, answers)
  await page.findByText('You connected Google Sheets.')
  answers.Activity = historyOf([event('1', 'ACCOUNT_DISCONNECTED')])
  fireEvent.click(page.getByRole('button', { name: 'Show earlier activity' }))
  await page.findByText('Your Google Sheets account was disconnected.')
  expect(page.queryByRole('button', { name: 'Show earlier activity' })).toBeNull()
})

const now = new Date(2026, 2, 10, 0, 5)

test.each([
  [new Date(2026, 2, 10, 0, 1), 'en', 'Today'],
  [new Date(2026, 2, 9, 23, 59), 'de', 'Gestern'],
  [new Date(2026, 2, 8, 23, 59), 'en-GB', 'Sunday 8 March 2026'],
])('the day %s is named in %s %s', (day, locale, name) => {
  expect(dayName({ day, now, locale }).replace(',', '')).toBe(name)
})
