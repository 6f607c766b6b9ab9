import type { Page } from 'chromium'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { allow, connectButton, connectFrame, notices, signIn } from './stories.ts'

const session = useBrowserSession()

/** Records the trace ID of the page's last request of each operation from now on. */
function recordTraces(page: Page): Map<string, string> {
  const traces = new Map<string, string>()
  page.on('request', (request) => {
    const name = /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1]
    const trace = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/.exec(request.headers()['traceparent'] ?? '')
    if (name !== undefined) traces.set(name, trace?.[1] ?? 'none')
  })
  return traces
}

test('a click starts a trace, to which all its requests belong', async () => {
  const page = await session.openPage()
  await signIn(page)
  const traces = recordTraces(page)
  await connectButton(page, 'Google Sheets').evaluate((button) => {
    if (button instanceof HTMLElement) button.click()
  })
  await allow(page, 'ada@example.com')
  await expect(notices(page).getByText('connected as ada@example.com')).toAppear()
  const first = traces.get('CreateConnectToken')
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(traces.get('ConfirmConnection')).toBe(first)

  await connectButton(page, 'Slack').evaluate((button) => {
    if (button instanceof HTMLElement) button.click()
  })
  await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  expect(traces.get('CreateConnectToken')).toMatch(/^[0-9a-f]{32}$/)
  expect(traces.get('CreateConnectToken')).not.toBe(first)
})
