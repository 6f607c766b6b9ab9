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
  const answer = await send(`/v1/connect/${projectId}/tokens`, user, headers)
  return answer.connect_link_url
}

test('on port 0 the links point to the port that was free', async () => {
  const listening = await start()
  expect(portOf(listening)).toBeGreaterThan(0)
  expect(await mintLink(listening)).toMatch(`${listening.url}/_static/connect.html?token=ctok_`)
})

test('a public URL of one’s own wins', async () => {
  const listening = await start({ publicUrl: 'https://tunnel.example' })
  expect(await mintLink(listening)).toMatch('https://tunnel.example/_static/')
})

test('it is found by name and by address', async () => {
  const listening = await start()
  for (const host of ['localhost', '127.0.0.1']) {
    const response = await fetch(`http://${host}:${portOf(listening)}/_static/connect.html`)
    expect(response.status).toBe(200)
  }
})

test('a taken port is refused with a sentence that names it', async () => {
  const first = await start()
  await expect(listen({ port: portOf(first) })).rejects.toThrow(String(portOf(first)))
})

test('after close the port is free again, and closing twice is no error', async () => {
  const first = await listen({ port: 0 })
  await fetch(first.url)
  await first.close()
  await first.close()
  await expect(fetch(first.url)).rejects.toThrow('fetch failed')
  const second = await start({ port: portOf(first) })
  expect(second.url).toBe(first.url)
})

test('a body of more than ten megabytes is refused, and the server lives on', async () => {
  const { url } = await start()
  const body = new Uint8Array(11 * 1024 * 1024)
  const status = await fetch(`${url}/v1/oauth/token`, { method: 'POST', body }).then(
    (response) => response.status,
    () => 'cut off',
  )
  expect([413, 'cut off']).toContain(status)
  expect(await fetch(`${url}/v1/connect/apps`)).toMatchObject({ status: 401 })
})

// What `fetch` cannot send: a raw request line, and the first line of the answer.
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      answer += String(chunk)
      if (answer.includes('\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''))
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
  ['a host that is none', 'GET /nowhere HTTP/1.1\r\nHost: ]:[\r\n\r\n', 421],
  ['no path', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  ['a method that fetch forbids', 'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
])('%s is answered, not crashed on', async (_, text, status) => {
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
  'on loopback a request for "%s" is refused: another site may have led its name here',
  async (host) => {
    expect(await sendRaw(portOf(await start()), getAs(host))).toContain(' 421 ')
  },
)

test.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '127.0.0.1:4010', '[::1]', '[::1]:4010'])(
  'on loopback a request for "%s" is answered',
  async (host) => {
    expect(await sendRaw(portOf(await start()), getAs(host))).toContain(' 401 ')
  },
)

test('the host of a public URL is answered too, and no other', async () => {
  const port = portOf(await start({ publicUrl: 'https://Tunnel.example:8443' }))
  for (const host of ['tunnel.example', 'tunnel.example:8443', 'localhost']) {
    expect(await sendRaw(port, getAs(host))).toContain(' 401 ')
  }
  expect(await sendRaw(port, getAs('evil.tunnel.example'))).toContain(' 421 ')
})

test('whoever listens on every address lets every name in', async () => {
  const listening = await start({ host: '0.0.0.0' })
  expect(await sendRaw(portOf(listening), getAs('emulator.internal:4010'))).toContain(' 401 ')
})

test('names that are allowed are answered, on loopback and elsewhere, and no other is', async () => {
  for (const host of ['localhost', '0.0.0.0']) {
    const port = portOf(await start({ host, allowedHosts: ['Emulator', '[::2]'] }))
    for (const name of ['emulator:4010', 'EMULATOR', '[::2]:4010', 'localhost:4010']) {
      expect(await sendRaw(port, getAs(name))).toContain(' 401 ')
    }
    expect(await sendRaw(port, getAs('evil.example'))).toContain(' 421 ')
  }
})

test.each(['http://emulator', 'emulator:4010', 'emulator/x', 'a b', ''])(
  '"%s" is no name to allow, and the port stays free',
  async (name) => {
    await expect(listen({ port: 0, allowedHosts: [name] })).rejects.toThrow('Invalid host name')
  },
)

test('its links go to localhost where it listens on every address', async () => {
  const listening = await start({ host: '0.0.0.0' })
  expect(listening.url).toBe(`http://localhost:${portOf(listening)}`)
})

test.each(['203.0.113.7', '2001:db8::7', 'no-such-host.invalid'])(
  '%s, which is no address of this machine, is refused with a sentence',
  async (host) => {
    await expect(listen({ port: 0, host })).rejects.toThrow(`${host} is not an address of this`)
  },
)

test('a refused host is told what to do, and nothing was done', async () => {
  const { url, emulator } = await start()
  const { clientId, clientSecret } = emulator.credentials
  const answer = await new Promise<{ status: number | undefined; text: string }>(
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
  expect(answer.status).toBe(421)
  expect(JSON.parse(answer.text)).toEqual({ error: expect.stringContaining(url) })
})

test('in process no host is refused, since nobody else can ask', async () => {
  const { emulator } = await start()
  const answer = await emulator.fetch(new Request('https://api.pipedream.com/v1/connect/apps'))
  expect(answer.status).toBe(401)
})

test('a client that goes away half-way harms nobody', async () => {
  const listening = await start()
  await new Promise<void>((resolve) => {
    const headers = { 'content-length': '1000' }
    const half = request(`${listening.url}/v1/oauth/token`, { method: 'POST', headers })
    half.on('error', () => resolve())
    half.write('{"grant_type":', () => half.destroy(new Error('gone')))
  })
  expect(await fetch(`${listening.url}/v1/connect/apps`)).toMatchObject({ status: 401 })
})
