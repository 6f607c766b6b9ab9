import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPostgresUrl } from './postgres-url.ts'

const only = (url: string) => readPostgresUrl(url).hosts[0]
const ssl = (query: string) => only(`postgres://one/app?${query}`)?.ssl

test.each([
  ['postgres://u:p#x@db.example/app', 'p#x'],
  ['postgres://u:p/x@db.example/app', 'p/x'],
  ['postgres://u:p?x@db.example/app', 'p?x'],
  ['postgres://u:12/x@db.example/app', '12/x'],
  ['postgres://u:12#x@db.example/app', '12#x'],
  ['postgres://u:12?x@db.example/app', '12?x'],
  ['postgres://u:a@b@db.example/app', 'a@b'],
  ['postgres://u:a@b/c@db.example/app', 'a@b/c'],
  ['postgres://u:a@b#c@db.example/app', 'a@b#c'],
  ['postgres://u:100%@db.example/app', '100%'],
  ['postgres://u:a b+c:d[e]@db.example/app', 'a b+c:d[e]'],
  ['postgres://u:p%23%2F%40x@db.example/app', 'p#/@x'],
  ['postgres://u:pässwörd@db.example/app', 'pässwörd'],
  ['postgres://u:p#s/w@db.example/app?sslmode=disable', 'p#s/w'],
  ['postgres://u:p#x@db.example/app?application_name=a@b', 'p#x'],
  ['postgres://u:p/x@db.example/app?application_name=a/@b', 'p/x'],
])('the password in %s is parsed', (url, password) => {
  expect(only(url)).toMatchObject({ user: 'u', password, host: 'db.example', database: 'app' })
  expect(readPostgresUrl(url).name).toBe('db.example/app')
})

test('an @ of a parameter or a database is not the end of a password', () => {
  expect(only('postgres:///app?host=db.example&user=a@b')).toMatchObject({ user: 'a@b' })
  expect(only('postgres://u:p@db.example/my@app')).toMatchObject({
    host: 'db.example',
    database: 'my@app',
  })
  expect(only('postgres://db.example/app?user=a@b')).toMatchObject({ host: 'db.example' })
})

test.each([
  ['postgres://u:p@/app?host=/cloudsql/proj:europe-west1:db', '/cloudsql/proj:europe-west1:db'],
  ['postgres:///app?host=/var/run/postgresql&user=u', '/var/run/postgresql'],
  ['postgres://u@%2Fvar%2Frun%2Fpostgresql/app', '/var/run/postgresql'],
])('%s is a Unix socket', (url, host) => {
  expect(only(url)).toMatchObject({ host, user: 'u', database: 'app' })
  expect(readPostgresUrl(url).name).toBe(`${host}, database app`)
})

test.each([
  ['postgres://u:p@one,two:5433/app', ['one', undefined, 'two', 5433], 'one,two:5433/app'],
  ['postgres://u:p@one:5432,two:5433/app', ['one', 5432, 'two', 5433], 'one:5432,two:5433/app'],
  [
    'postgres://u:p@/app?host=one,two&port=5433',
    ['one', 5433, 'two', 5433],
    'one:5433,two:5433/app',
  ],
  ['postgres://u:p@[::1]:5432,[::2]/app', ['::1', 5432, '::2', undefined], '[::1]:5432,[::2]/app'],
])('%s has two hosts; one that accepts writes is used', (url, expected, name) => {
  const target = readPostgresUrl(url)
  expect(target.hosts.flatMap(({ host, port }) => [host, port])).toEqual(expected)
  expect(target).toMatchObject({ name, needsWritable: true })
})

test('a single host need not accept writes, unless the URL says so', () => {
  expect(readPostgresUrl('postgres://one/app').needsWritable).toBe(false)
  const url = 'postgresql://one/app?target_session_attrs=read-write&connect_timeout=3'
  expect(readPostgresUrl(url)).toMatchObject({ needsWritable: true, connectTimeoutMs: 3000 })
  expect(() => readPostgresUrl('postgres://one,two/app?target_session_attrs=standby')).toThrow(
    'read-write',
  )
})

test('certificates are verified unless the URL says otherwise', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'api-ca-')), 'ca.pem')
  await writeFile(file, 'a certificate')
  expect(ssl('sslmode=require')).toEqual({})
  expect(ssl('sslmode=verify-full&sslrootcert=system')).toEqual({})
  expect(ssl('sslmode=no-verify')).toEqual({ rejectUnauthorized: false })
  expect(ssl('sslmode=require&uselibpqcompat=true')).toEqual({ rejectUnauthorized: false })
  expect(ssl(`sslmode=require&sslrootcert=${file}`)).toEqual({ ca: 'a certificate' })
  expect(ssl('sslmode=disable')).toBe(false)
  expect(ssl('')).toBeUndefined()
})

test.each([
  ['mysql://u:emulator-password@one/app', 'postgres://'],
  ['postgres://u:emulator-password@one:port/app', 'host'],
  ['postgres://u:emulator-password@one:70000/app', 'host'],
  ['postgres://u:emulator-password%ff@one/app', '%25'],
  ['postgres://u:emulator-password@one/app?sslrootcert=/no/such/file', '/no/such/file'],
  ['postgres://u:emulator-password@one/app?sslmode=verify-ca&uselibpqcompat=true', 'sslrootcert'],
])('the error for %s names the cause, and not the password', (url, part) => {
  const read = () => readPostgresUrl(url)
  expect(read).toThrow(part)
  expect(read).not.toThrow('emulator-password')
})
