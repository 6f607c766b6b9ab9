import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type ListeningEmulator, listen } from './listen.ts'

async function start(options: Parameters<typeof listen>[0] = {}): Promise<ListeningEmulator> {
  const listening = await listen({ port: 0, ...options })
  onTestFinished(listening.close)
  return listening
}

const portOf = ({ url }: ListeningEmulator) => Number(new URL(url).port)

async function mintLink({ url, emulator }: ListeningEmulator): Promise<string> {
  const { clientId, clientSecret, projectId } = emulator.credentials
  const send = async (path: string, body: object, headers = {}) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return response.json()
  }
  const { access_token } = await send('/v1/oauth/token', {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  const headers = { authorization: `Bearer ${access_token}` }
  const user = { external_user_id: 'Ada Lovelace – ünïcode' }
  const response = await send(`/v1/connect/${projectId}/tokens`, user, headers)
  return response.connect_link_url
}

test('on port 0 the links contain the chosen port', async () => {
  const listening = await start()
  expect(portOf(listening)).toBeGreaterThan(0)
  expect(await mintLink(listening)).toMatch(`${listening.url}/_static/connect.html?token=ctok_`)
})

test('a custom public URL takes precedence', async () => {
  const listening = await start({ publicUrl: 'https://tunnel.example' })
  expect(await mintLink(listening)).toMatch('https://tunnel.example/_static/')
})

test('it can be reached by name and by address', async () => {
  const listening = await start()
  for (const host of ['localhost', '127.0.0.1']) {
    const response = await fetch(`http://${host}:${portOf(listening)}/_static/connect.html`)
    expect(response.status).toBe(200)
  }
})

test('a port in use is rejected with an explanation that names it', async () => {
  const first = await start()
  await expect(listen({ port: portOf(first) })).rejects.toThrow(String(portOf(first)))
})

test('after close the port is free again, and closing twice is not an error', async () => {
  const first = await listen({ port: 0 })
  await fetch(first.url)
  await first.close()
  await first.close()
  await expect(fetch(first.url)).rejects.toThrow('fetch failed')
  const second = await start({ port: portOf(first) })
  expect(second.url).toBe(first.url)
})

test('a body of more than ten megabytes is rejected, and the server stays up', async () => {
  const { url } = await start()
  const body = new Uint8Array(11 * 1024 * 1024)
  const status = await fetch(`${url}/v1/oauth/token`, { method: 'POST', body }).then(
    (response) => response.status,
    () => 'cut off',
  )
  expect([413, 'cut off']).toContain(status)
  expect(await fetch(`${url}/v1/connect/apps`)).toMatchObject({ status: 401 })
})

// Sends a raw request, which `fetch` cannot, and returns the first line of the response.
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text))
    let response = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      response += String(chunk)
      if (response.includes('\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(response.split('\r\n')[0] ?? ''))
    socket.on('error', reject)
  })
}

test.each([
  ['a path like a host', 'GET //evil.example/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n', 404],
  [
    'a path that is a whole address',
    'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n',
    400,
  ],
  ['an invalid host', 'GET /nowhere HTTP/1.1\r\nHost: ]:[\r\n\r\n', 421],
  ['no path', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  ['a method that fetch forbids', 'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
])('%s gets a response, and the server stays up', async (_, text, status) => {
  expect(await sendRaw(portOf(await start()), text)).toContain(` ${status} `)
})

const getAs = (host: string) => `GET /v1/connect/apps HTTP/1.1\r\nHost: ${host}\r\n\r\n`

test.each([
  'evil.example',
  'evil.example:4010',
  'localhost.evil.example',
  'evil.example@localhost',
  'localhost@evil.example',
  '10.0.0.1:4010',
  '0.0.0.0:4010',
  '[::2]:4010',
  '',
])(
  'on loopback a request for "%s" is rejected: another site may have pointed its name here',
  async (host) => {
    expect(await sendRaw(portOf(await start()), getAs(host))).toContain(' 421 ')
  },
)

test.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '127.0.0.1:4010', '[::1]', '[::1]:4010'])(
  'on loopback a request for "%s" is accepted',
  async (host) => {
    expect(await sendRaw(portOf(await start()), getAs(host))).toContain(' 401 ')
  },
)

test('the host of a public URL is accepted too, and no other', async () => {
  const port = portOf(await start({ publicUrl: 'https://Tunnel.example:8443' }))
  for (const host of ['tunnel.example', 'tunnel.example:8443', 'localhost']) {
    expect(await sendRaw(port, getAs(host))).toContain(' 401 ')
  }
  expect(await sendRaw(port, getAs('evil.tunnel.example'))).toContain(' 421 ')
})

test('listening on every address accepts every name', async () => {
  const listening = await start({ host: '0.0.0.0' })
  expect(await sendRaw(portOf(listening), getAs('emulator.internal:4010'))).toContain(' 401 ')
})

test('allowed names are accepted, on loopback and elsewhere, and no other is', async () => {
  for (const host of ['localhost', '0.0.0.0']) {
    const port = portOf(await start({ host, allowedHosts: ['Emulator', '[::2]'] }))
    for (const name of ['emulator:4010', 'EMULATOR', '[::2]:4010', 'localhost:4010']) {
      expect(await sendRaw(port, getAs(name))).toContain(' 401 ')
    }
    expect(await sendRaw(port, getAs('evil.example'))).toContain(' 421 ')
  }
})

test.each(['http://emulator', 'emulator:4010', 'emulator/x', 'a b', ''])(
  '"%s" is not a valid host name, and the port stays free',
  async (name) => {
    await expect(listen({ port: 0, allowedHosts: [name] })).rejects.toThrow('Invalid host name')
  },
)

test('its links use localhost when it listens on every address', async () => {
  const listening = await start({ host: '0.0.0.0' })
  expect(listening.url).toBe(`http://localhost:${portOf(listening)}`)
})

test.each(['203.0.113.7', '2001:db8::7', 'no-such-host.invalid'])(
  '%s is not an address of this machine, and is rejected with an explanation',
  async (host) => {
    await expect(listen({ port: 0, host })).rejects.toThrow(`${host} is not an address of this`)
  },
)

test('a rejected host gets an explanation, and the request has no effect', async () => {
  const { url, emulator } = await start()
  const { clientId, clientSecret } = emulator.credentials
  const response = await new Promise<{ status: number | undefined; text: string }>(
    (resolve, reject) => {
      const headers = { host: 'evil.example' }
      const asked = request(`${url}/v1/oauth/token`, { method: 'POST', headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)))
        response.on('end', () => resolve({ status: response.statusCode, text }))
      })
      asked.on('error', reject)
      const grant = { grant_type: 'client_credentials', client_id: clientId }
      asked.end(JSON.stringify({ ...grant, client_secret: clientSecret }))
    },
  )
  expect(response.status).toBe(421)
  expect(JSON.parse(response.text)).toEqual({ error: expect.stringContaining(url) })
})

test('in process every host is accepted', async () => {
  const { emulator } = await start()
  const response = await emulator.fetch(new Request('https://api.pipedream.com/v1/connect/apps'))
  expect(response.status).toBe(401)
})

test('a client that disconnects early has no effect on others', async () => {
  const listening = await start()
  await new Promise<void>((resolve) => {
    const headers = { 'content-length': '1000' }
    const half = request(`${listening.url}/v1/oauth/token`, { method: 'POST', headers })
    half.on('error', () => resolve())
    half.write('{"grant_type":', () => half.destroy(new Error('gone')))
  })
  expect(await fetch(`${listening.url}/v1/connect/apps`)).toMatchObject({ status: 401 })
})
