import { expect, test } from 'vitest'
import { ask, sheets, startConnected } from '../../test/call-component.ts'
import { newAccessToken } from '../../test/harness.ts'

const MINUTE_MS = 60_000
const CONTACTS = { sheetId: 'contacts-apn_AdaSheets', worksheetId: 0 }
const DOWNLOAD = '/v1/connect/proj_emulator/file_stash/download'

async function stash() {
  const harness = await startConnected()
  const { body } = await ask(harness, '/actions/run', {
    id: 'google_sheets-export-csv',
    configured_props: { ...sheets(), ...CONTACTS },
    stash_id: 'NEW',
  })
  const [{ s3Key, get_url: url }] = body.exports.$filestash_uploads
  return { harness, url, path: `${DOWNLOAD}?${new URLSearchParams({ s3_key: s3Key })}` }
}

test('a file is downloaded as bytes that browsers do not display, for one day', async () => {
  const { harness, path } = await stash()
  const { status, headers } = await harness.asServer(path)
  expect([status, headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  harness.emulator.clock.advance(24 * 60 * MINUTE_MS)
  const bearer = await newAccessToken(harness.call)
  expect(await harness.asServer(path, { bearer })).toMatchObject({ status: 404 })
})

test('it belongs to its user and environment', async () => {
  const { harness, path } = await stash()
  const { asServer, call, newConnectToken } = harness
  const asUser = async (external_user_id: string) =>
    (await call(path, { bearer: await newConnectToken({ external_user_id }) })).status
  expect([await asUser('ada'), await asUser('grace')]).toEqual([200, 404])
  expect(await asServer(path, { environment: 'production' })).toMatchObject({ status: 404 })
  const bearer = await newAccessToken(call, 'connect:proxy')
  expect(await asServer(path, { bearer })).toMatchObject({ status: 403 })
})

test.each(['', 'a.txt', '1day/p/e/s/a.txt', '2day/p/e/s/u/a.txt'])(
  'the key "%s" is rejected',
  async (key) => {
    const { harness } = await stash()
    const path = `${DOWNLOAD}?${new URLSearchParams({ s3_key: key })}`
    expect(await harness.asServer(path)).toMatchObject({ status: 400 })
  },
)

test('the returned URL requires its own token, and expires after half an hour', async () => {
  const { harness, url } = await stash()
  const get = async (address: string | URL) =>
    (await harness.emulator.fetch(new Request(address))).status
  const bare = new URL(url)
  bare.searchParams.delete('token')
  const unknown = new URL(bare)
  unknown.searchParams.set('s3_key', '1day/p/e/s/u/none')
  expect([await get(url), await get(bare), await get(unknown)]).toEqual([200, 403, 403])
  harness.emulator.clock.advance(30 * MINUTE_MS)
  expect(await get(url)).toBe(403)
})
