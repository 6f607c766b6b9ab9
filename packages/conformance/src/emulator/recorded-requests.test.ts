import { expect, test } from 'vitest'
import { prepareValues } from './prepare-values.ts'
import { type RecordedRequest, replay } from './recorded-request.ts'
import requests from './recorded-requests.json' with { type: 'json' }
import { setScene } from './scene.ts'

const recorded: RecordedRequest[] = requests
const supported = recorded
  .filter(({ awaited }) => !awaited)
  .map((request, index) => ({ title: `${request.method} ${request.path} (${index})`, request }))

test.each(supported)('$title gets the documented response', async ({ request }) => {
  await using scene = await setScene()
  const response = await replay(scene, request, await prepareValues(scene))
  const body = await response.text()
  expect([response.status, request.status === response.status ? '' : body]).toEqual([
    request.status,
    '',
  ])
})
