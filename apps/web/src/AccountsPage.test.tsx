// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPage } from '../test/render-page.tsx'
import { AccountsPage } from './AccountsPage.tsx'

const SHEETS = {
  __typename: 'App',
  slug: 'google_sheets',
  name: 'Google Sheets',
  imgSrc: '/logo.svg',
  authType: 'OAUTH',
}

function account(id: string, more: object = {}) {
  return {
    __typename: 'Account',
    id,
    name: `${id}@example.com`,
    healthy: true,
    dead: false,
    held: false,
    heldFlowId: null,
    error: null,
    createdAt: '2026-01-01T00:00:00Z',
    lastRefreshedAt: null,
    app: SHEETS,
    ...more,
  }
}

function viewerWith(accounts: object) {
  return { viewer: { __typename: 'Viewer', kind: 'USER', externalUserId: 'ada', accounts } }
}

function listOf(nodes: object[], more: object = {}) {
  return viewerWith({
    __typename: 'AccountConnection',
    nodes,
    pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
    staleSince: null,
    ...more,
  })
}

test('a placeholder is shown while the accounts load', () => {
  const page = renderPage(<AccountsPage />, {})
  expect(page.getByLabelText('Loading your accounts').getAttribute('aria-busy')).toBe('true')
})

test('an empty list says what to do', async () => {
  const page = renderPage(<AccountsPage />, { Accounts: listOf([]) })
  expect(await page.findByText('No accounts yet')).toBeDefined()
})

test('a failed load shows an error, and can be retried', async () => {
  const answers: Record<string, object | 'unreachable'> = { Accounts: 'unreachable' }
  const page = renderPage(<AccountsPage />, answers)
  await page.findByText(/can’t reach the server/)
  answers['Accounts'] = listOf([account('ada')])
  fireEvent.click(page.getByRole('button', { name: 'Try again' }))
  expect(await page.findByText('ada@example.com')).toBeDefined()
})

test.each([
  ['Healthy', {}, false],
  ['Needs attention', { healthy: false, error: 'The refresh failed.' }, true],
  ['Reconnect needed', { healthy: false, dead: true }, true],
  ['Needs confirmation', { held: true }, false],
])('an account is %s in messages, and can be reconnected where that helps', async (...row) => {
  const [messages, flags, reconnectable] = row
  const page = renderPage(<AccountsPage />, { Accounts: listOf([account('ada', flags)]) })
  await page.findByText(messages)
  const reconnect = page.queryAllByRole('button', { name: /^Reconnect/ })
  expect(reconnect).toHaveLength(reconnectable ? 1 : 0)
})

test('a cached list shows its age', async () => {
  const staleSince = new Date(Date.now() - 5 * 60_000).toISOString()
  const page = renderPage(<AccountsPage />, { Accounts: listOf([account('ada')], { staleSince }) })
  expect(await page.findByText(/Last updated 5 minutes ago/)).toBeDefined()
})

test('two accounts that look the same show when they were connected', async () => {
  const lookalikes = [
    account('apn_1', { name: 'ada@example.com' }),
    account('apn_2', { name: 'ada@example.com', createdAt: '2026-02-02T00:00:00Z' }),
  ]
  const page = renderPage(<AccountsPage />, { Accounts: listOf(lookalikes) })
  const ages = (await page.findAllByText(/^Connected/)).map(({ textContent }) => textContent)
  expect(new Set(ages).size).toBe(2)
})
