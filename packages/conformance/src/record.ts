import { PipedreamClient as OfficialClient } from '@pipedream/sdk'
import { createPipedreamClient, type PipedreamClient } from 'pipedream-client/server'
import { vi } from 'vitest'
import type { Recording } from './compare-requests.ts'
import { type Respond, openRecorder, type Recorder } from './recorder.ts'

export type { OfficialClient, PipedreamClient }

const SETTINGS = {
  clientId: 'conformance-client',
  clientSecret: 'conformance-secret',
  projectId: 'proj_AbC123',
  projectEnvironment: 'development',
} as const

/** Records what a new official client sends. */
export function recordOfficial(
  call: (client: OfficialClient) => Promise<unknown>,
  respond: Respond,
): Promise<Recording> {
  return record(respond, async (recorder) => {
    // The official client has no option for `fetch`: this is the only way to record workflows.
    vi.stubGlobal('fetch', recorder.fetch)
    try {
      await call(new OfficialClient({ ...SETTINGS, baseUrl: recorder.baseUrl }))
    } finally {
      vi.unstubAllGlobals()
    }
  })
}

/** Records what a new client of ours sends. */
export function recordOurs(
  call: (client: PipedreamClient) => Promise<unknown>,
  respond: Respond,
): Promise<Recording> {
  return record(respond, async ({ baseUrl, fetch }) => {
    await call(createPipedreamClient({ ...SETTINGS, baseUrl, fetch }))
  })
}

async function record(
  respond: Respond,
  run: (recorder: Recorder) => Promise<void>,
): Promise<Recording> {
  await using recorder = await openRecorder(respond)
  try {
    await run(recorder)
    return { requests: recorder.requests, outcome: 'success' }
  } catch (error) {
    return { requests: recorder.requests, outcome: nameOf(error) }
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error'
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : error.constructor.name
}
