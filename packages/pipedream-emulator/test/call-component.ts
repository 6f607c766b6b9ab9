import { createHarness, type Harness } from './harness.ts'

const ACCOUNTS = [
  { externalUserId: 'ada', app: 'google_sheets', id: 'apn_AdaSheets' },
  { externalUserId: 'ada', app: 'slack', id: 'apn_AdaSlack' },
  { externalUserId: 'grace', app: 'google_sheets', id: 'apn_GraceSheets' },
  {
    externalUserId: 'ada',
    app: 'google_sheets',
    id: 'apn_AdaLive',
    environment: 'production' as const,
  },
]

/** Creates an emulator where ada has connected Google Sheets and Slack, and grace Google Sheets. */
export function startConnected(): Promise<Harness> {
  return createHarness({
    seed: { accounts: ACCOUNTS },
    rateLimits: false,
    now: () => new Date('2026-01-01T00:00:00.900Z'),
  })
}

/** The value of the Google Sheets prop. */
export function sheets(account = 'apn_AdaSheets'): Record<string, unknown> {
  return { googleSheets: { authProvisionId: account } }
}

/** The value of the Slack prop. */
export function slack(account = 'apn_AdaSlack'): Record<string, unknown> {
  return { slack: { authProvisionId: account } }
}

/** Calls a component as a server, for ada or for the user in the body. */
export function ask(
  { asServer }: Harness,
  path: string,
  body: Record<string, unknown>,
): ReturnType<Harness['call']> {
  const json = { external_user_id: 'ada', ...body }
  return asServer(`/v1/connect/proj_emulator${path}`, { method: 'POST', json })
}
