// @vitest-environment happy-dom
import { fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPage } from '../test/render-page.tsx'
// The page loads it when there is a held account, which may take longer than a test waits.
import './accounts/held/HeldAccount.tsx'
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
    heldReason: null,
    heldSupportCode: null,
    canKeep: false,
    error: null,
    createdAt: '2026-01-01T00:00:00Z',
    lastRefreshedAt: null,
    app: SHEETS,
    ...more,
  }
}

function held(heldReason: string, more: object = {}) {
  return { held: true, heldReason, heldFlowId: 'flow-1', heldSupportCode: 'ABCD-1234', ...more }
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

function rowOf(button: HTMLElement): HTMLElement {
  const row = button.closest('li')
  if (!row) throw new Error('The button is in no row.')
  return row
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
  ['Needs confirmation', held('NOT_CONFIRMED'), false],
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

test.each([
  [held('NOT_CONFIRMED'), ['Confirm', 'Remove']],
  [held('NOT_FINISHED', { canKeep: true }), ['Keep', 'Remove']],
  [held('NOT_FINISHED'), ['Remove']],
  [held('UNKNOWN_AGE', { canKeep: true }), ['Keep', 'Remove']],
  [held('UNKNOWN_AGE'), ['Remove']],
  [held('FINISHED_ELSEWHERE'), ['Remove']],
])('a held account, %o, has the buttons %o', async (flags, names) => {
  const page = renderPage(<AccountsPage />, { Accounts: listOf([account('ada', flags)]) })
  const remove = await page.findByRole('button', {
    name: 'Remove ada@example.com (Google Sheets)',
  })
  const buttons = [...rowOf(remove).querySelectorAll('button')].map(
    ({ textContent }) => textContent,
  )
  expect(buttons).toEqual(names)
})

test('an account that another browser finished shows the support code', async () => {
  const flags = held('FINISHED_ELSEWHERE')
  const page = renderPage(<AccountsPage />, { Accounts: listOf([account('ada', flags)]) })
  expect(await page.findByText(/ABCD-1234/)).toBeDefined()
})

test('an account that is kept can be used, and the focus moves to the list', async () => {
  const answers: Record<string, object> = {
    Accounts: listOf([account('ada', held('NOT_FINISHED', { canKeep: true }))]),
  }
  const page = renderPage(<AccountsPage />, answers)
  const keep = await page.findByRole('button', { name: /^Keep/ })
  keep.focus()
  answers['Accounts'] = listOf([account('ada')])
  answers['KeepAccount'] = {
    keepAccount: { __typename: 'KeptAccount' },
  }
  fireEvent.click(keep)
  expect(keep.getAttribute('aria-busy')).toBe('true')
  await page.findByText('Healthy')
  expect(page.queryByRole('button', { name: /^Keep/ })).toBeNull()
  expect(document.activeElement?.textContent).toBe('Your accounts')
})

test.each(['FlowStillOpen', 'FinishedElsewhere', 'StartedElsewhere', 'RemovalInProgress'])(
  'when keeping fails with %s, the row says why and stays',
  async (__typename) => {
    const message = 'In the server’s own words.'
    const page = renderPage(<AccountsPage />, {
      Accounts: listOf([account('ada', held('NOT_FINISHED', { canKeep: true }))]),
      KeepAccount: { keepAccount: { __typename, message } },
    })
    const keep = await page.findByRole('button', { name: /^Keep/ })
    fireEvent.click(keep)
    const row = rowOf(keep)
    await waitFor(() => expect(row.querySelector('[role=alert]')?.textContent).not.toBe(''))
    expect(row.textContent).not.toContain(message)
    expect(page.getByRole('button', { name: /^Keep/ }).getAttribute('aria-busy')).toBeNull()
  },
)

test('a held account is removed after a question', async () => {
  const answers: Record<string, object> = {
    Accounts: listOf([account('ada', held('FINISHED_ELSEWHERE'))]),
  }
  const page = renderPage(<AccountsPage />, answers)
  fireEvent.click(await page.findByRole('button', { name: /^Remove ada/ }))
  expect(await page.findByRole('alertdialog', { name: 'Remove ada@example.com?' })).toBeDefined()
  answers['Accounts'] = listOf([])
  answers['DisconnectAccount'] = { disconnectAccount: { __typename: 'DisconnectedAccount' } }
  fireEvent.click(page.getByRole('button', { name: 'Remove' }))
  expect(await page.findByText('No accounts yet')).toBeDefined()
})
