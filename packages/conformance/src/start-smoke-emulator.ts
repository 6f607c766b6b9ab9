import { listen } from 'pipedream-emulator/listen'

export type SmokeEmulator = Awaited<ReturnType<typeof startSmokeEmulator>>

/** An emulator with accounts, and the expected result of `useClient` with its address. */
export async function startSmokeEmulator() {
  const emulator = await listen({ port: 0 })
  const apps = ['google_sheets', 'slack', 'openai', 'slack', 'slack']
  const accounts = apps.map((app) => ({ app, externalUserId: 'ada' }))
  const { accountIds } = emulator.emulator.seed({ accounts })
  const expected = {
    connectToken: true,
    apps: 3,
    accounts: accountIds.toSorted(),
    missing: 'ERR_NOT_FOUND',
    late: 'ERR_ABORTED',
    connectSessionId: '340282366920938463463374607431768211455',
    signedAt: '2026-01-01T00:00:00.000Z',
    forged: 'ERR_BAD_WEBHOOK',
  }
  return { url: emulator.url, expected, close: () => emulator.close() }
}
