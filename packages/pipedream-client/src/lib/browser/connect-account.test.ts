import type { Frame } from 'chromium'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CONNECT,
  CONNECT_URL,
  EVIL,
  NO_TRACES,
  startProductPages,
  type FlowOptions,
} from '../../../test/product-page.ts'
import { connectAccount } from '../../browser.ts'

let pages: Awaited<ReturnType<typeof startProductPages>>
beforeAll(async () => {
  pages = await startProductPages()
})
afterAll(() => pages.close())

type Product = Awaited<ReturnType<typeof pages.open>>

/** Posts to the page that embeds this one, as Pipedream's page does. */
const post = (frame: Frame, data: unknown) =>
  frame.evaluate((data) => parent.postMessage(data, '*'), data)

const success = { type: 'success', authProvisionId: 'apn_1' }
const failure = { type: 'error', error: 'The provider said no.' }
const closing = { type: 'close' }

const settledAs = (product: Product, told: object, index = 0) =>
  expect.poll(() => product.told(index)).toEqual({ settled: 1, ...told })

/** Waits until so many messages came in at the page's window; by then every listener has had them. */
const seen = (product: Product, count: number) => expect.poll(() => product.seen()).toBe(count)

describe('an open flow', () => {
  test('shows the hosted page over the whole window, in a modal dialog', async () => {
    await using product = await pages.open()
    await product.open({ accountId: 'apn_9', oauthAppId: 'oa_1' })
    await product.frame()
    expect(product.requests).toEqual([
      {
        url: `${CONNECT_URL}?token=ctok_test&app=slack&oauthAppId=oa_1&accountId=apn_9&hideClose=true`,
        referer: undefined,
      },
    ])
    const { page } = product
    const dialog = page.getByRole('dialog', { name: 'Pipedream Connect' })
    expect(await dialog.evaluate((element) => element.matches(':modal'))).toBe(true)
    const frame = page.getByTitle('Pipedream Connect', { exact: true })
    expect(await frame.boundingBox()).toEqual({ x: 0, y: 0, ...page.viewportSize() })
  })

  test('has the labels that the caller gives it', async () => {
    await using product = await pages.open()
    await product.open({ labels: { dialog: 'Konto verbinden', close: 'Schließen' } })
    const { page } = product
    const dialog = page.getByRole('dialog', { name: 'Konto verbinden', exact: true })
    expect(await dialog.getByTitle('Konto verbinden', { exact: true }).count()).toBe(1)
    await dialog.getByRole('button', { name: 'Schließen', exact: true }).click()
    await settledAs(product, cancelled)
  })

  test('moves the focus into the frame and keeps the page behind from scrolling', async () => {
    await using product = await pages.open()
    await product.open()
    const frame = await product.frame()
    const { page } = product
    await page.keyboard.press('Tab')
    expect(await frame.evaluate(() => document.activeElement?.textContent)).toBe('Inside')
    expect(await product.traces()).toMatchObject({
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
  act: (product: Product) => Promise<unknown>
  options?: FlowOptions
}

const cancelled = { code: 'ERR_CANCELLED', name: 'ConnectError', message: expect.any(String) }
const failed = (code: string) => ({ ...cancelled, code })
const inFrame =
  (...messages: unknown[]) =>
  async (product: Product) => {
    const frame = await product.frame()
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
  { name: 'close() from code', told: cancelled, act: (product) => product.close() },
  {
    name: 'an abort',
    told: failed('ERR_ABORTED'),
    options: { abortable: true },
    act: (product) => product.abort(),
  },
]

describe('a flow that ends by', () => {
  test.each(endings)('$name leaves nothing behind', async ({ told, act, options }) => {
    await using product = await pages.open()
    await product.open(options)
    await product.frame()
    await act(product)
    await settledAs(product, told)
    expect(await product.traces()).toEqual(NO_TRACES)
  })

  test.each([
    { name: 'a timeout', timeoutMs: 60_000, hanging: false },
    { name: 'a timeout before anything has loaded', timeoutMs: 1000, hanging: true },
  ])('$name leaves nothing behind', async ({ timeoutMs, hanging }) => {
    await using product = await pages.open({ frozen: true, hanging })
    await product.open({ timeoutMs })
    if (!hanging) await product.frame()
    await product.page.clock.runFor(timeoutMs - 1)
    expect(await product.told()).toEqual({ settled: 0 })
    await product.page.clock.runFor(1)
    await settledAs(product, failed('ERR_TIMEOUT'))
    expect(await product.traces()).toEqual(NO_TRACES)
  })

  test('a page that does not load leaves nothing behind', async () => {
    await using product = await pages.open({ frozen: true, hanging: true })
    await product.open()
    await product.page.clock.runFor(29_999)
    expect(await product.told()).toEqual({ settled: 0 })
    await product.page.clock.runFor(1)
    await settledAs(product, failed('ERR_LOAD_FAILED'))
    expect(await product.traces()).toEqual(NO_TRACES)
  })

  test('a content security policy leaves nothing behind, and says what to allow', async () => {
    const policy = "default-src 'none'; script-src 'self'; style-src 'self'"
    await using product = await pages.open({ policy })
    await product.open()
    await settledAs(product, {
      ...failed('ERR_FRAME_BLOCKED'),
      message: expect.stringContaining(CONNECT),
    })
    expect(await product.traces()).toEqual(NO_TRACES)
  })

  test('close() before the page has loaded leaves nothing behind', async () => {
    await using product = await pages.open({ hanging: true })
    await product.open()
    await product.close()
    await settledAs(product, cancelled)
    expect(await product.traces()).toEqual(NO_TRACES)
  })

  test.each([
    ['what body holds', () => document.body.replaceChildren()],
    [
      'body itself',
      () => document.documentElement.replaceChild(document.createElement('body'), document.body),
    ],
  ])('a page that replaces %s ends the flow', async (_what, replace) => {
    await using product = await pages.open()
    await product.open()
    await product.frame()
    await product.page.evaluate(replace)
    await settledAs(product, cancelled)
    expect(await product.traces()).toMatchObject({ overflow: NO_TRACES.overflow })
  })

  test('a page that has loaded is given all the time it wants', async () => {
    await using product = await pages.open({ frozen: true })
    await product.open()
    await product.frame()
    await product.page.clock.runFor(24 * 60 * 60 * 1000)
    expect(await product.told()).toEqual({ settled: 0 })
  })
})

test('a flow settles once, whatever comes after', async () => {
  await using product = await pages.open()
  await product.open({ abortable: true })
  const frame = await product.frame()
  await post(frame, failure)
  await seen(product, 1)
  expect(await product.told()).toEqual({ settled: 0 })
  await inFrame(success, closing, { ...success, authProvisionId: 'apn_2' })(product)
  await settledAs(product, { accountId: 'apn_1' })
  await product.close()
  await product.abort()
  expect(await product.told()).toEqual({ settled: 1, accountId: 'apn_1' })
  expect(await product.traces()).toEqual(NO_TRACES)
  // What was undone is not undone a second time: the next flow locks and unlocks as the first did.
  await product.open()
  expect(await product.traces()).toMatchObject({ overflow: 'hidden' })
  await product.close(1)
  expect(await product.traces()).toEqual(NO_TRACES)
})

test('what the page had set before is set again', async () => {
  await using product = await pages.open()
  await product.page.evaluate(() => {
    document.documentElement.style.cssText = 'overflow: scroll; scrollbar-gutter: stable'
  })
  await product.open()
  await product.close()
  await settledAs(product, cancelled)
  expect(await product.traces()).toEqual({ ...NO_TRACES, overflow: 'scroll', gutter: 'stable' })
})

describe('a message that is not believed', () => {
  const forged = [success, failure, closing]

  test('comes from the page’s own window', async () => {
    await using product = await pages.open()
    await product.open()
    await product.frame()
    await product.page.evaluate((forged) => {
      for (const message of forged) globalThis.postMessage(message, '*')
    }, forged)
    await seen(product, 3)
    expect(await product.told()).toEqual({ settled: 0 })
  })

  test.each([
    ['a foreign page', `${EVIL}/?app=evil`],
    ['another frame of the right origin', `${CONNECT_URL}?app=evil`],
  ])('comes from %s', async (_, src) => {
    await using product = await pages.open()
    await product.open()
    await product.frame()
    await product.page.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }))
    }, src)
    const evil = await product.frame('evil')
    for (const message of forged) await post(evil, message)
    await seen(product, 3)
    expect(await product.told()).toEqual({ settled: 0 })
  })

  test.each([
    ['a foreign page', `${EVIL}/?app=evil`],
    ['a page of the right origin', `${CONNECT_URL}?app=evil`],
  ])('comes from %s inside the hosted page', async (_, src) => {
    await using product = await pages.open()
    await product.open()
    const frame = await product.frame()
    await frame.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }))
    }, src)
    const evil = await product.frame('evil')
    await evil.evaluate((forged) => {
      for (const message of forged) top?.postMessage(message, '*')
    }, forged)
    await seen(product, 3)
    expect(await product.told()).toEqual({ settled: 0 })
  })

  test('comes from the right frame after it went elsewhere', async () => {
    await using product = await pages.open()
    await product.open()
    const frame = await product.frame()
    await frame.goto(`${EVIL}/?app=evil`)
    for (const message of forged) await post(frame, message)
    await seen(product, 3)
    expect(await product.told()).toEqual({ settled: 0 })
  })

  test('is of an unknown kind', async () => {
    await using product = await pages.open()
    await product.open()
    const odd = [null, 0, 'success', [], {}, { type: 'ready' }, { type: ['success'] }, { type: {} }]
    await inFrame(...odd)(product)
    await seen(product, odd.length)
    expect(await product.told()).toEqual({ settled: 0 })
    await inFrame(success)(product)
    await settledAs(product, { accountId: 'apn_1' })
  })
})

test('what the hosted page says is shortened, and a token in it is left out', async () => {
  await using product = await pages.open()
  await product.open()
  const error = `ctok_0123456789abcdef was spent. ${'x'.repeat(1000)}`
  await inFrame({ type: 'error', error }, closing)(product)
  await settledAs(product, {
    ...failed('ERR_PROVIDER'),
    message: expect.stringMatching(/^ctok_\.\.\. was spent\. x{200,300}$/),
  })
})

async function openBoth(product: Product) {
  await product.open()
  await product.frame('slack')
  await product.open({ app: 'github' })
  return { first: await product.frame('slack'), second: await product.frame('github') }
}

describe('two concurrent flows', () => {
  test('do not hear each other', async () => {
    await using product = await pages.open()
    const { first, second } = await openBoth(product)
    await post(second, { ...success, authProvisionId: 'apn_2' })
    await settledAs(product, { accountId: 'apn_2' }, 1)
    expect(await product.told(0)).toEqual({ settled: 0 })
    expect(await product.traces()).toMatchObject({ dialogs: 1, overflow: 'hidden' })
    await post(first, success)
    await settledAs(product, { accountId: 'apn_1' }, 0)
    expect(await product.traces()).toEqual(NO_TRACES)
  })

  test('give back focus and scrolling when the first ends first', async () => {
    await using product = await pages.open()
    const { first, second } = await openBoth(product)
    await post(first, success)
    await settledAs(product, { accountId: 'apn_1' }, 0)
    expect(await product.traces()).toMatchObject({ dialogs: 1, overflow: 'hidden' })
    await post(second, closing)
    await settledAs(product, cancelled, 1)
    expect(await product.traces()).toEqual(NO_TRACES)
  })
})

const queryOf = async (options: FlowOptions) => {
  await using product = await pages.open()
  await product.open(options)
  await product.frame()
  return Object.fromEntries(new URL(product.requests[0]?.url ?? '').searchParams)
}

describe('what the hosted page is asked for', () => {
  const least = { token: 'ctok_test', app: 'slack' }

  test.each<[string, FlowOptions, object]>([
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
    const options: FlowOptions = {
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
  test.each<[string, FlowOptions]>([
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
    await using product = await pages.open()
    await product.open(options)
    await settledAs(product, {
      ...failed('ERR_INVALID_INPUT'),
      message: expect.stringContaining(name),
    })
    expect(await product.traces()).toEqual(NO_TRACES)
    expect(product.requests).toEqual([])
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
  await using product = await pages.open()
  await product.openUnheard()
  // Rejections are reported before the next task; this takes several.
  await expect.poll(() => product.traces()).toEqual(NO_TRACES)
  expect(await product.unhandled()).toBe(0)
  await product.page.evaluate(() => void Promise.reject(new Error('The counter counts.')))
  await expect.poll(() => product.unhandled()).toBe(1)
})
