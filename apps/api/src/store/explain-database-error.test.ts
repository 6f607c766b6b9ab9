import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import { expect, onTestFinished, test } from 'vitest'
import { fatal } from '../../test/fixtures/create-pooler.ts'
import { describePostgres } from '../../test/fixtures/engines.ts'
import { openDatabase } from './open-database.ts'

const PASSWORD = 'emulator-p#ss/word'

/** Starts a server that handles each connection with this function; returns its host and port. */
async function serve(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

/** Rejects each connection, as PostgreSQL does. */
const refusing = (code: string, message: string) =>
  serve((socket) => socket.once('data', () => socket.end(fatal(code, message))))

/** Speaks TLS with an unknown certificate, and then rejects the connection. */
async function untrusted(): Promise<string> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }])
  return serve((socket) =>
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, { isServer: true, key, cert })
      secure.on('error', () => {})
      secure.once('data', () => secure.end(fatal('28P01', 'password authentication failed')))
    }),
  )
}

async function troubleAt(host: string, query = ''): Promise<string> {
  const error: unknown = await openDatabase(
    `postgres://ada:${PASSWORD}@${host}/gateway${query}`,
  ).catch((error: unknown) => error)
  const message = error instanceof Error ? error.message : 'opened'
  expect(message).toMatch(/^DATABASE_URL /)
  expect(message).not.toContain('emulator')
  return message
}

test('an untrusted certificate is named, with the setting that trusts it', async () => {
  const host = await untrusted()
  for (const mode of ['require', 'prefer', 'verify-full']) {
    const message = await troubleAt(host, `?sslmode=${mode}`)
    expect(message).toContain('certificate')
    expect(message).toContain('sslrootcert=')
    expect(message).toContain('sslmode=no-verify')
  }
  for (const query of ['?sslmode=no-verify', '?sslmode=require&uselibpqcompat=true']) {
    expect(await troubleAt(host, query)).toContain('28P01')
  }
})

test.each([
  ['28P01', 'password authentication failed for user "ada"', /password .*“ada” is wrong/],
  ['28000', 'no pg_hba.conf entry for host "10.0.0.1", user "ada", no encryption', /TLS.*sslmode/],
  ['28000', 'role "ada" does not exist', /rejects the user “ada”/],
  ['3D000', 'database "gateway" does not exist', /no such database/],
  ['42501', 'permission denied for database "gateway"', /“ada” lacks privileges/],
  ['53300', 'sorry, too many clients already', /no free connections/],
  ['57P03', 'the database system is starting up', /starting/],
  ['08P01', 'unsupported startup parameter: statement_timeout', /startup parameter/],
  ['08P01', 'no more servers here', /no more servers here/],
  ['XX000', 'something', /cannot be used \(XX000\)/],
])(
  'the reason is given for a server that responds with %s and “%s”',
  async (code, message, cause) => {
    expect(await troubleAt(await refusing(code, message))).toMatch(cause)
  },
)

test('a server without TLS is reported', async () => {
  const host = await serve((socket) => socket.once('data', () => socket.write('N')))
  expect(await troubleAt(host, '?sslmode=require')).toMatch(/TLS.*sslmode=disable/)
})

test('a server that never responds times out after the time in the URL', async () => {
  expect(await troubleAt(await serve(() => {}), '?connect_timeout=1')).toContain('in time')
})

test('a server that closes the connection is reported', async () => {
  expect(await troubleAt(await serve((socket) => socket.end()))).toContain('closes')
})

test('no listener, no such host and no socket give different reasons', async () => {
  const gone = await serve(() => {})
  const port = Number(gone.split(':')[1])
  expect(await troubleAt('127.0.0.1:1')).toContain('nothing listens')
  expect(await troubleAt('[::1]:1,127.0.0.1:1')).toContain('[::1]:1,127.0.0.1:1/gateway')
  expect(await troubleAt(`no-such-host.invalid:${port}`)).toContain('no such host')
  expect(await troubleAt('', `?host=${tmpdir()}/no-such-folder`)).toContain('socket')
})

describePostgres('on PostgreSQL', ({ makePlace }) => {
  test('a missing database is reported, and so is the setting of the listening URL', async () => {
    const { location, remove } = await makePlace()
    onTestFinished(remove)
    const elsewhere = `${location}_elsewhere`
    await expect(openDatabase(elsewhere)).rejects.toThrow('no such database')
    await expect(openDatabase(location, { listenUrl: elsewhere })).rejects.toThrow(
      'DATABASE_LISTEN_URL',
    )
  })
})
