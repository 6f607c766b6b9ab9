import { X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { expect, onTestFinished, test } from 'vitest'
import { createSelfSignedCertificate, listen, type ListenOptions } from './listen.ts'

async function start(options: ListenOptions) {
  const listening = await listen({ port: 0, ...options })
  onTestFinished(listening.close)
  return listening
}

/** Returns the response's status, or the error code without one. */
function ask(url: string, options: { ca?: string; origin?: string }): Promise<unknown> {
  return new Promise((resolve) => {
    const { ca, origin } = options
    const headers = origin === undefined ? {} : { origin }
    const asked = request(url, { headers, agent: false, ...(ca === undefined ? {} : { ca }) })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.on('error', (error) => resolve('code' in error ? error.code : error))
    asked.end()
  })
}

test('a client with the certificate trusts every name of this machine', async () => {
  const { url, certificate } = await start({ tls: true })
  const { port } = new URL(url)
  expect(url).toMatch(/^https:\/\/localhost:\d+$/)
  const ca = certificate ?? ''
  for (const host of ['localhost', '127.0.0.1']) {
    expect(await ask(`https://${host}:${port}/v1/connect/apps`, { ca })).toBe(401)
  }
  expect(await ask(`${url}/v1/connect/apps`, {})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
})

test('links and control routes use HTTPS', async () => {
  const { url, certificate, emulator } = await start({ tls: true })
  const ca = certificate ?? ''
  const faults = `${url}/__emulator/faults`
  expect(await ask(faults, { ca, origin: url })).toBe(200)
  expect(await ask(faults, { ca, origin: url.replace('https', 'http') })).toBe(403)
  emulator.seed({ accounts: [{ externalUserId: 'ada', app: 'slack' }] })
  const home = await emulator.fetch(new Request(url))
  expect(await home.text()).toContain(url)
})

test('a connection breaks under TLS too, and the server stays up', async () => {
  const { url, certificate, emulator } = await start({ tls: true })
  const ca = certificate ?? ''
  emulator.faults.add({ kind: 'reset', times: 1 })
  expect(await ask(`${url}/v1/connect/apps`, { ca })).toBe('ECONNRESET')
  expect(await ask(`${url}/v1/connect/apps`, { ca })).toBe(401)
})

test('a custom certificate is used unchanged', async () => {
  const own = createSelfSignedCertificate()
  const { url, certificate } = await start({ tls: own })
  expect(certificate).toBe(own.cert)
  expect(await ask(`${url}/v1/connect/apps`, { ca: own.cert })).toBe(401)
})

test('it is self-signed, valid for a year, and unique', () => {
  const now = new Date('2026-03-04T05:06:07Z')
  const [one, other] = [0, 1].map(
    () => new X509Certificate(createSelfSignedCertificate({ now }).cert),
  )
  expect(one?.verify(one.publicKey)).toBe(true)
  expect(one?.checkIssued(one)).toBe(true)
  expect(one?.validToDate).toEqual(new Date('2027-03-04T05:06:07Z'))
  expect(one?.checkIP('::1')).toBe('::1')
  expect(one?.checkHost('evil.example')).toBeUndefined()
  expect(one?.serialNumber).not.toBe(other?.serialNumber)
})

test('it covers further names', () => {
  const { cert } = createSelfSignedCertificate({ hosts: ['api.example.test'] })
  const certificate = new X509Certificate(cert)
  expect(certificate.checkHost('api.example.test')).toBe('api.example.test')
  expect(certificate.checkHost('localhost')).toBe('localhost')
})
