import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareValues } from './prepare-values.ts'
import { type RecordedRequest, replay, type Values } from './recorded-request.ts'
import requests from './recorded-requests.json' with { type: 'json' }
import { type Scene, setScene } from './scene.ts'

const recorded: RecordedRequest[] = requests
const supported = recorded
  .filter(({ awaited }) => !awaited)
  .map((request, index) => ({ title: `${request.method} ${request.path} (${index})`, request }))

// Shared by the requests that only read.
let scene: Scene
let values: Values
beforeAll(async () => {
  scene = await setScene()
  values = await prepareValues(scene)
})
afterAll(() => scene[Symbol.asyncDispose]())

/** The response's status, and its body if another status is documented. */
async function outcomeOf(request: RecordedRequest, at: Scene, ids: Values) {
  const response = await replay(at, request, ids)
  const body = await response.text()
  return [response.status, request.status === response.status ? '' : body]
}

const isRead = ({ request }: (typeof supported)[number]) => request.method === 'GET'

test.each(supported.filter(isRead))('$title gets the documented response', async ({ request }) => {
  expect(await outcomeOf(request, scene, values)).toEqual([request.status, ''])
})

test.each(supported.filter((one) => !isRead(one)))(
  '$title gets the documented response',
  async ({ request }) => {
    await using own = await setScene()
    expect(await outcomeOf(request, own, await prepareValues(own))).toEqual([request.status, ''])
  },
)
