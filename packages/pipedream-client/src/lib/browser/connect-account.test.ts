import type { Frame } from 'chromium'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CONNECT,
  CONNECT_URL,
  EVIL,
  NO_TRACES,
  openTheatre,
  type StageOptions,
} from '../../../test/connect-stage.ts'
import { connectAccount } from '../../browser.ts'

let theatre: Awaited<ReturnType<typeof openTheatre>>
beforeAll(async () => {
  theatre = await openTheatre()
})
afterAll(() => theatre.close())

type Stage = Awaited<ReturnType<typeof theatre.stage>>

/** Posts to the page that embeds this one, as Pipedream's page does. */
const post = (frame: Frame, data: unknown) =>
  frame.evaluate((data) => parent.postMessage(data, '*'), data)

const success = { type: 'success', authProvisionId: 'apn_1' }
const failure = { type: 'error', error: 'The provider said no.' }
const closing = { type: 'close' }

const settledAs = (stage: Stage, told: object, index = 0) =>
  expect.poll(() => stage.told(index)).toEqual({ settled: 1, ...told })

/** Waits until so many messages came in at the page's window; by then every listener has had them. */
const seen = (stage: Stage, count: number) => expect.poll(() => stage.seen()).toBe(count)

describe('an open flow', () => {
  test('shows the hosted page over the whole window, in a modal dialog', async () => {
    await using stage = await theatre.stage()
    await stage.open({ accountId: 'apn_9', oauthAppId: 'oa_1' })
    await stage.frame()
    expect(stage.requests).toEqual([
      {
        url: `${CONNECT_URL}?token=ctok_stage&app=slack&oauthAppId=oa_1&accountId=apn_9&hideClose=true`,
        referer: undefined,
      },
    ])
    const { page } = stage
    const dialog = page.getByRole('dialog', { name: 'Pipedream Connect' })
    expect(await dialog.evaluate((element) => element.matches(':modal'))).toBe(true)
    const frame = page.getByTitle('Pipedream Connect', { exact: true })
    expect(await frame.boundingBox()).toEqual({ x: 0, y: 0, ...page.viewportSize() })
  })

  test('moves the focus into the frame and keeps the page behind from scrolling', async () => {
    await using stage = await theatre.stage()
    await stage.open()
    const frame = await stage.frame()
    const { page } = stage
    await page.keyboard.press('Tab')
    expect(await frame.evaluate(() => document.activeElement?.textContent)).toBe('Inside')
    expect(await stage.traces()).toMatchObject({
      frames: 1,
      overflow: 'hidden',
      // The entry point's own listeners are found, so their absence afterwards is meaningful.
      listeners: expect.arrayContaining(['message', 'securitypolicyviolation', 'click']),
    })
  })
})

interface Ending {
  name: string
  told: object
  act: (stage: Stage) => Promise<unknown>
  options?: StageOptions
}

const cancelled = { code: 'ERR_CANCELLED', name: 'ConnectError', message: expect.any(String) }
const failed = (code: string) => ({ ...cancelled, code })
const inFrame =
  (...messages: unknown[]) =>
  async (stage: Stage) => {
    const frame = await stage.frame()
    await frame.evaluate((messages) => {
      for (const message of messages) parent.postMessage(message, '*')
    }, messages)
  }

const endings: Ending[] = [
  { name: 'success', told: { accountId: 'apn_1' }, act: inFrame(success) },
  { name: 'success and close', told: { accountId: 'apn_1' }, act: inFrame(success, closing) },
  {
    name: 'an error and close',
    told: { ...failed('ERR_PROVIDER'), message: failure.error },
    act: inFrame(failure, closing),
  },
  {
    name: 'an error and a later success',
    told: { accountId: 'apn_1' },
    act: inFrame(failure, success),
  },
  {
    name: 'an error without a sentence',
    told: failed('ERR_PROVIDER'),
    act: inFrame({ type: 'error' }, closing),
  },
  {
    name: 'a success that names no account',
    told: failed('ERR_BAD_RESPONSE'),
    act: inFrame({ type: 'success' }, closing),
  },
  { name: 'close', told: cancelled, act: inFrame(closing) },
  {
    name: 'the close button',
    told: cancelled,
    act: ({ page }) => page.getByRole('button', { name: 'Close', exact: true }).click(),
  },
  {
    name: 'Escape',
    told: cancelled,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Close', exact: true }).focus()
      await page.keyboard.press('Escape')
    },
  },
  { name: 'close() from code', told: cancelled, act: (stage) => stage.close() },
  {
    name: 'an abort',
    told: failed('ERR_ABORTED'),
    options: { abortable: true },
    act: (stage) => stage.abort(),
  },
]

describe('a flow that ends by', () => {
  test.each(endings)('$name leaves nothing behind', async ({ told, act, options }) => {
    await using stage = await theatre.stage()
    await stage.open(options)
    await stage.frame()
    await act(stage)
    await settledAs(stage, told)
    expect(await stage.traces()).toEqual(NO_TRACES)
  })

  test.each([
    { name: 'a timeout', timeoutMs: 60_000, hanging: false },
    { name: 'a timeout before anything has loaded', timeoutMs: 1000, hanging: true },
  ])('$name leaves nothing behind', async ({ timeoutMs, hanging }) => {
    await using stage = await theatre.stage({ frozen: true, hanging })
    await stage.open({ timeoutMs })
    if (!hanging) await stage.frame()
    await stage.page.clock.runFor(timeoutMs - 1)
    expect(await stage.told()).toEqual({ settled: 0 })
    await stage.page.clock.runFor(1)
    await settledAs(stage, failed('ERR_TIMEOUT'))
    expect(await stage.traces()).toEqual(NO_TRACES)
  })

  test('a page that does not load leaves nothing behind', async () => {
    await using stage = await theatre.stage({ frozen: true, hanging: true })
    await stage.open()
    await stage.page.clock.runFor(29_999)
    expect(await stage.told()).toEqual({ settled: 0 })
    await stage.page.clock.runFor(1)
    await settledAs(stage, failed('ERR_LOAD_FAILED'))
    expect(await stage.traces()).toEqual(NO_TRACES)
  })

  test('a content security policy leaves nothing behind, and says what to allow', async () => {
    const policy = "default-src 'none'; script-src 'self'; style-src 'self'"
    await using stage = await theatre.stage({ policy })
    await stage.open()
    await settledAs(stage, {
      ...failed('ERR_FRAME_BLOCKED'),
      message: expect.stringContaining(CONNECT),
    })
    expect(await stage.traces()).toEqual(NO_TRACES)
  })

  test('close() before the page has loaded leaves nothing behind', async () => {
    await using stage = await theatre.stage({ hanging: true })
    await stage.open()
    await stage.close()
    await settledAs(stage, cancelled)
    expect(await stage.traces()).toEqual(NO_TRACES)
  })

  test.each([
    ['what body holds', () => document.body.replaceChildren()],
    [
      'body itself',
      () => document.documentElement.replaceChild(document.createElement('body'), document.body),
    ],
  ])('a page that replaces %s ends the flow', async (_what, replace) => {
    await using stage = await theatre.stage()
    await stage.open()
    await stage.frame()
    await stage.page.evaluate(replace)
    await settledAs(stage, cancelled)
    expect(await stage.traces()).toMatchObject({ overflow: NO_TRACES.overflow })
  })

  test('a page that has loaded is given all the time it wants', async () => {
    await using stage = await theatre.stage({ frozen: true })
    await stage.open()
    await stage.frame()
    await stage.page.clock.runFor(24 * 60 * 60 * 1000)
    expect(await stage.told()).toEqual({ settled: 0 })
  })
})

test('a flow settles once, whatever comes after', async () => {
  await using stage = await theatre.stage()
  await stage.open({ abortable: true })
  const frame = await stage.frame()
  await post(frame, failure)
  await seen(stage, 1)
  expect(await stage.told()).toEqual({ settled: 0 })
  await inFrame(success, closing, { ...success, authProvisionId: 'apn_2' })(stage)
  await settledAs(stage, { accountId: 'apn_1' })
  await stage.close()
  await stage.abort()
  expect(await stage.told()).toEqual({ settled: 1, accountId: 'apn_1' })
  expect(await stage.traces()).toEqual(NO_TRACES)
  // What was undone is not undone a second time: the next flow locks and unlocks as the first did.
  await stage.open()
  expect(await stage.traces()).toMatchObject({ overflow: 'hidden' })
  await stage.close(1)
  expect(await stage.traces()).toEqual(NO_TRACES)
})

test('what the page had set before is set again', async () => {
  await using stage = await theatre.stage()
  await stage.page.evaluate(() => {
    document.documentElement.style.cssText = 'overflow: scroll; scrollbar-gutter: stable'
  })
  await stage.open()
  await stage.close()
  await settledAs(stage, cancelled)
  expect(await stage.traces()).toEqual({ ...NO_TRACES, overflow: 'scroll', gutter: 'stable' })
})

describe('a message that is not believed', () => {
  const forged = [success, failure, closing]

  test('comes from the page’s own window', async () => {
    await using stage = await theatre.stage()
    await stage.open()
    await stage.frame()
    await stage.page.evaluate((forged) => {
      for (const message of forged) globalThis.postMessage(message, '*')
    }, forged)
    await seen(stage, 3)
    expect(await stage.told()).toEqual({ settled: 0 })
  })

  test.each([
    ['a foreign page', `${EVIL}/?app=evil`],
    ['another frame of the right origin', `${CONNECT_URL}?app=evil`],
  ])('comes from %s', async (_, src) => {
    await using stage = await theatre.stage()
    await stage.open()
    await stage.frame()
    await stage.page.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }))
    }, src)
    const evil = await stage.frame('evil')
    for (const message of forged) await post(evil, message)
    await seen(stage, 3)
    expect(await stage.told()).toEqual({ settled: 0 })
  })

  test.each([
    ['a foreign page', `${EVIL}/?app=evil`],
    ['a page of the right origin', `${CONNECT_URL}?app=evil`],
  ])('comes from %s inside the hosted page', async (_, src) => {
    await using stage = await theatre.stage()
    await stage.open()
    const frame = await stage.frame()
    await frame.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }))
    }, src)
    const evil = await stage.frame('evil')
    await evil.evaluate((forged) => {
      for (const message of forged) top?.postMessage(message, '*')
    }, forged)
    await seen(stage, 3)
    expect(await stage.told()).toEqual({ settled: 0 })
  })

  test('comes from the right frame after it went elsewhere', async () => {
    await using stage = await theatre.stage()
    await stage.open()
    const frame = await stage.frame()
    await frame.goto(`${EVIL}/?app=evil`)
    for (const message of forged) await post(frame, message)
    await seen(stage, 3)
    expect(await stage.told()).toEqual({ settled: 0 })
  })

  test('is of an unknown kind', async () => {
    await using stage = await theatre.stage()
    await stage.open()
    const odd = [null, 0, 'success', [], {}, { type: 'ready' }, { type: ['success'] }, { type: {} }]
    await inFrame(...odd)(stage)
    await seen(stage, odd.length)
    expect(await stage.told()).toEqual({ settled: 0 })
    await inFrame(success)(stage)
    await settledAs(stage, { accountId: 'apn_1' })
  })
})

test('what the hosted page says is shortened, and a token in it is left out', async () => {
  await using stage = await theatre.stage()
  await stage.open()
  const error = `ctok_0123456789abcdef was spent. ${'x'.repeat(1000)}`
  await inFrame({ type: 'error', error }, closing)(stage)
  await settledAs(stage, {
    ...failed('ERR_PROVIDER'),
    message: expect.stringMatching(/^ctok_\.\.\. was spent\. x{200,300}$/),
  })
})

async function openBoth(stage: Stage) {
  await stage.open()
  await stage.frame('slack')
  await stage.open({ app: 'github' })
  return { first: await stage.frame('slack'), second: await stage.frame('github') }
}

describe('two concurrent flows', () => {
  test('do not hear each other', async () => {
    await using stage = await theatre.stage()
    const { first, second } = await openBoth(stage)
    await post(second, { ...success, authProvisionId: 'apn_2' })
    await settledAs(stage, { accountId: 'apn_2' }, 1)
    expect(await stage.told(0)).toEqual({ settled: 0 })
    expect(await stage.traces()).toMatchObject({ dialogs: 1, overflow: 'hidden' })
    await post(first, success)
    await settledAs(stage, { accountId: 'apn_1' }, 0)
    expect(await stage.traces()).toEqual(NO_TRACES)
  })

  test('give back focus and scrolling when the first ends first', async () => {
    await using stage = await theatre.stage()
    const { first, second } = await openBoth(stage)
    await post(first, success)
    await settledAs(stage, { accountId: 'apn_1' }, 0)
    expect(await stage.traces()).toMatchObject({ dialogs: 1, overflow: 'hidden' })
    await post(second, closing)
    await settledAs(stage, cancelled, 1)
    expect(await stage.traces()).toEqual(NO_TRACES)
  })
})

const queryOf = async (options: StageOptions) => {
  await using stage = await theatre.stage()
  await stage.open(options)
  await stage.frame()
  return Object.fromEntries(new URL(stage.requests[0]?.url ?? '').searchParams)
}

describe('what the hosted page is asked for', () => {
  const least = { token: 'ctok_stage', app: 'slack' }

  test.each<[string, StageOptions, object]>([
    ['by default: no close button of its own', {}, { hideClose: 'true' }],
    ['a close button of its own', { hideClose: false }, {}],
    [
      'all that there is',
      {
        oauthAppId: 'oa_1',
        appOverrideId: 'ao_1',
        accountId: 'apn_1',
        hideClose: true,
        oauthScopeProfile: 'read_only',
        customOauthClient: true,
      },
      {
        oauthAppId: 'oa_1',
        appOverrideId: 'ao_1',
        accountId: 'apn_1',
        hideClose: 'true',
        oauthScopeProfile: 'read_only',
        customOauthClient: 'true',
      },
    ],
    ['no OAuth client of the person', { customOauthClient: false, hideClose: false }, {}],
  ])('%s', async (_, options, query) => {
    expect(await queryOf(options)).toEqual({ ...least, ...query })
  })

  test('the address that a server chose wins, but for what the flow is about', async () => {
    const chosen =
      'token=ctok_other&app=github&oauthAppId=oa_server&appOverrideId=ao_server&hideClose=false&oauthScopeProfile=read_only'
    const options: StageOptions = {
      connectUrl: `${CONNECT_URL}?${chosen}`,
      oauthAppId: 'oa_page',
      appOverrideId: 'ao_page',
      accountId: 'apn_1',
      oauthScopeProfile: 'admin',
    }
    expect(await queryOf(options)).toEqual({
      ...least,
      oauthAppId: 'oa_server',
      appOverrideId: 'ao_server',
      accountId: 'apn_1',
      hideClose: 'false',
      oauthScopeProfile: 'read_only',
    })
  })
})

describe('a flow that cannot start', () => {
  test.each<[string, StageOptions]>([
    ['connectToken', { connectToken: ' ' }],
    ['app', { app: '' }],
    ['accountId', { accountId: '' }],
    ['oauthAppId', { oauthAppId: ' ' }],
    ['appOverrideId', { appOverrideId: '' }],
    ['connectUrl', { connectUrl: '/_static/connect.html' }],
    ['connectUrl', { connectUrl: 'javascript:alert(1)' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: 2 ** 31 }],
  ])('names the wrong option: %s (%#)', async (name, options) => {
    await using stage = await theatre.stage()
    await stage.open(options)
    await settledAs(stage, {
      ...failed('ERR_INVALID_INPUT'),
      message: expect.stringContaining(name),
    })
    expect(await stage.traces()).toEqual(NO_TRACES)
    expect(stage.requests).toEqual([])
  })

  test('because its signal is aborted already opens nothing', async () => {
    const reason = new Error('The page was left.')
    const { result } = connectAccount({
      connectToken: 'ctok_1',
      app: 'slack',
      signal: AbortSignal.abort(reason),
    })
    await expect(result).rejects.toMatchObject({ code: 'ERR_ABORTED', cause: reason })
  })

  test('because there is no page rejects, and does not throw', async () => {
    const { result } = connectAccount({ connectToken: 'ctok_1', app: 'slack' })
    await expect(result).rejects.toMatchObject({ code: 'ERR_LOAD_FAILED' })
  })
})

test('an unhandled rejection of the result is not reported', async () => {
  await using stage = await theatre.stage()
  await stage.openUnheard()
  // Rejections are reported before the next task; this takes several.
  await expect.poll(() => stage.traces()).toEqual(NO_TRACES)
  expect(await stage.unhandled()).toBe(0)
  await stage.page.evaluate(() => void Promise.reject(new Error('The counter counts.')))
  await expect.poll(() => stage.unhandled()).toBe(1)
})
