import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectKey, createHarness } from '../../test/harness.ts'
import { createEmulator, type Seed } from '../index.ts'
import { type ListenOptions, listen, StateInUseError } from '../server/listen.ts'

const SEED: Seed = {
  project: { appName: 'Widgets' },
  accounts: [{ externalUserId: 'ada', app: 'slack', name: 'ada@example.com' }],
}

test('another emulator can load the saved state, with all dates', async () => {
  const harness = await createHarness()
  const id = await connectKey(harness)
  harness.emulator.clock.advance(5000)
  const { body } = await harness.asServer(`/v1/connect/proj_emulator/accounts/${id}`)
  const other = await createHarness({ seed: SEED, now: harness.emulator.clock.now })
  const saved = harness.emulator.state.save()
  other.emulator.state.load(saved)
  expect(other.emulator.state.save()).toBe(saved)
  // Its own access token is gone, and the other's is valid here.
  expect(await other.asServer('/v1/connect/apps')).toMatchObject({ status: 401 })
  const response = await harness.asServer(`/v1/connect/proj_emulator/accounts/${id}`)
  expect(response.body).toEqual(body)
})

test('a string that was not saved is rejected, and nothing is lost', async () => {
  const { state } = createEmulator({ seed: SEED })
  const before = state.save()
  for (const text of ['', 'null', '[]', '{}', '{"version":2}', before.slice(0, -1)]) {
    expect(() => state.load(text)).toThrow(TypeError)
  }
  expect(state.save()).toBe(before)
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'deep', 'state')
}

async function listAccounts(options: ListenOptions): Promise<{ id: string }[]> {
  const { url, emulator, close } = await listen({
    port: 0,
    publicUrl: 'http://localhost:4010',
    ...options,
  })
  onTestFinished(close)
  const { clientId, clientSecret, projectId } = emulator.credentials
  const grant = { grant_type: 'client_credentials', client_id: clientId }
  const granted = await fetch(`${url}/v1/oauth/token`, {
    method: 'POST',
    body: JSON.stringify({ ...grant, client_secret: clientSecret }),
  })
  const { access_token } = await granted.json()
  const headers = { authorization: `Bearer ${access_token}`, 'x-pd-environment': 'development' }
  const response = await fetch(`${url}/v1/connect/${projectId}/accounts`, { headers })
  return (await response.json()).data
}

test('on a port it survives a restart, even after a kill', async () => {
  const state = await newFolder()
  const first = await listAccounts({ state, seed: SEED })
  expect(first).toMatchObject([{ name: 'ada@example.com' }])
  // A process that is killed at this moment leaves this: everything that got a response must be written.
  const left = await newFolder()
  await cp(join(state, 'state.json'), join(left, 'state.json'))
  // A generated id is only the same if it was read from the file.
  expect(await listAccounts({ state: left, seed: SEED })).toEqual(first)
  expect((await stat(join(state, 'state.json'))).mode & 0o077).toBe(0)
})

test('in-process changes are written on close', async () => {
  const state = await newFolder()
  const { emulator, close } = await listen({ port: 0, state })
  emulator.seed(SEED)
  await close()
  expect(await readFile(join(state, 'state.json'), 'utf8')).toContain('Widgets')
})

test('a folder is for one emulator at a time, and for the next after close', async () => {
  const state = await newFolder()
  const first = await listen({ port: 0, state })
  onTestFinished(first.close)
  await expect(listen({ port: 0, state })).rejects.toBeInstanceOf(StateInUseError)
  await first.close()
  const second = await listen({ port: 0, state })
  onTestFinished(second.close)
  second.emulator.seed(SEED)
  await second.close()
  // The first emulator must not write any more.
  await first.close()
  expect(await readFile(join(state, 'state.json'), 'utf8')).toContain('Widgets')
})

test('a foreign file is reported, not overwritten, and the port is free again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'state.json')
  await writeFile(file, '{"precious":true}')
  await expect(listen({ port: 0, state: folder })).rejects.toThrow(file)
  expect(await readFile(file, 'utf8')).toBe('{"precious":true}')
})

test('reset restores the seed, however often and whatever happened', async () => {
  const harness = await createHarness({ seed: SEED, now: () => new Date('2026-01-01T00:00:00Z') })
  const { emulator } = harness
  emulator.accessTokens.revokeAll()
  const before = emulator.state.save()
  const { tables } = JSON.parse(before)
  const [[id]] = tables.accounts
  for (let turn = 0; turn < 500; turn += 1) {
    emulator.seed({
      project: { appName: 'Other' },
      accounts: [{ externalUserId: 'x', app: 'github' }],
    })
    emulator.accounts.update(id, { dead: true })
    emulator.clock.advance(1000)
    emulator.faults.add({ status: 500 })
    await harness.call('/v1/connect/apps')
    emulator.reset()
    expect(emulator.state.save()).toBe(before)
  }
  expect([emulator.faults.list(), emulator.requests, emulator.deliveries]).toEqual([[], [], []])
  expect(await harness.call('/v1/connect/apps')).toMatchObject({ status: 401 })
})
