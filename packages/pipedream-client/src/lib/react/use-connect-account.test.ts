import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReactProductPages } from '../../../test/react-product-page.ts'
import { ConnectButton, ConnectProvider, useConnectAccount } from '../../react.ts'

let pages: Awaited<ReturnType<typeof startReactProductPages>>
beforeAll(async () => {
  pages = await startReactProductPages()
})
afterAll(() => pages.close())

type Product = Awaited<ReturnType<typeof pages.open>>

const success = { type: 'success', authProvisionId: 'apn_1' }
const closing = { type: 'close' }
const HOOK = { widgets: [{ name: 'main', kind: 'hook' as const, app: 'slack' }] }

const reaches = (product: Product, state: string) => expect.poll(() => product.state()).toBe(state)
const logs = (product: Product, expected: object) =>
  expect.poll(() => product.log()).toMatchObject(expected)

describe('the states of a flow', () => {
  test('are told in order, up to the account, under StrictMode', async () => {
    await using product = await pages.open({ ...HOOK, token: 'wait', confirm: 'wait' })
    await product.press()
    await reaches(product, 'preparing')
    await product.settle('token', 'ok')
    await reaches(product, 'open')
    await product.say(success)
    await reaches(product, 'confirming')
    expect(await product.frames()).toBe(0)
    await product.settle('confirm', 'ok')
    await reaches(product, 'idle')
    const created = { connectToken: 'ctok_1', flowId: 'flow-1' }
    expect(await product.log()).toMatchObject({
      // The page runs in StrictMode: every effect ran twice.
      effects: 2,
      tokenCalls: [{ app: 'slack' }],
      confirmCalls: [{ accountId: 'apn_1', target: { app: 'slack' }, created }],
      connected: [{ accountId: 'apn_1', confirmed: 'confirmed flow-1' }],
      states: { main: ['idle', 'preparing', 'open', 'confirming', 'idle'] },
      errors: [],
      cancels: 0,
      unstable: 0,
      reported: [],
    })
  })

  test('leave out confirming when the provider confirms nothing', async () => {
    await using product = await pages.open(HOOK)
    await product.press()
    await product.say(success, closing)
    await logs(product, { connected: [{ accountId: 'apn_1' }] })
    await reaches(product, 'idle')
    expect((await product.log()).confirmCalls).toEqual([])
  })

  test('have the dialog there when connect() returns', async () => {
    await using product = await pages.open(HOOK)
    await product.press()
    await reaches(product, 'open')
    const { dialogsOnClick, states } = await product.log()
    expect(dialogsOnClick).toEqual([1])
    expect(states['main']).toEqual(['idle', 'preparing', 'open'])
  })

  test('end with idle when the person closes the page', async () => {
    await using product = await pages.open(HOOK)
    await product.press()
    await product.say(closing)
    await logs(product, { cancels: 1 })
    await reaches(product, 'idle')
    expect(await product.log()).toMatchObject({ errors: [], connected: [], reported: [] })
  })

  test('end with the page’s own error when the person closes it after one', async () => {
    await using product = await pages.open(HOOK)
    await product.press()
    await product.say({ type: 'error', error: 'The provider said no.' }, closing)
    await reaches(product, 'error')
    await expect.poll(() => product.button.textContent()).toBe('The provider said no.')
    await logs(product, { errors: [{ code: 'ERR_PROVIDER' }], cancels: 0 })
  })
})

describe('the provider’s onOpen', () => {
  test('is told of a flow as its frame opens, and of no token that was only prepared', async () => {
    await using product = await pages.open(HOOK)
    await product.press('#main-prefetch')
    await expect.poll(() => product.log().then(({ prepareCalls }) => prepareCalls.length)).toBe(1)
    expect((await product.log()).openCalls).toEqual([])
    await product.press()
    const created = { connectToken: 'ctok_1', flowId: 'flow-1' }
    await logs(product, { openCalls: [{ target: { app: 'slack' }, created }] })
  })

  test('is told of nothing that was cancelled before', async () => {
    await using product = await pages.open({ ...HOOK, token: 'wait' })
    await product.press()
    await product.press('#main-cancel')
    await product.settle('token', 'ok')
    await product.press()
    await product.settle('token', 'ok')
    await reaches(product, 'open')
    await logs(product, { openCalls: [{ created: { flowId: 'flow-2' } }] })
    expect((await product.log()).openCalls).toHaveLength(1)
  })

  test('may fail, which is reported and does not hold up the flow', async () => {
    await using product = await pages.open({ ...HOOK, open: 'fail' })
    await product.press()
    await product.say(success, closing)
    await logs(product, { connected: [{ accountId: 'apn_1' }], errors: [] })
    expect((await product.log()).reported).toEqual([expect.stringContaining('HTTP 500')])
  })
})

test('what is to be connected goes to the server and to the page', async () => {
  const target = {
    app: 'slack',
    accountId: 'apn_9',
    oauthAppId: 'oa_1',
    appOverrideId: 'ao_1',
    oauthScopeProfile: 'read_only' as const,
    customOauthClient: true,
  }
  await using product = await pages.open({
    widgets: [{ name: 'main', kind: 'hook', ...target }],
    connectUrl: 'https://connect.example.net/elsewhere.html',
  })
  await product.press()
  await expect
    .poll(() => product.opened)
    .toEqual([
      'https://connect.example.net/elsewhere.html?token=ctok_1&app=slack&oauthAppId=oa_1&appOverrideId=ao_1&accountId=apn_9&hideClose=true&oauthScopeProfile=read_only&customOauthClient=true',
    ])
  expect((await product.log()).tokenCalls).toEqual([target])
})

test('while one flow goes on, another press does nothing', async () => {
  await using product = await pages.open({ ...HOOK, token: 'wait' })
  await product.press()
  await product.press()
  await product.settle('token', 'ok')
  await reaches(product, 'open')
  await product.press()
  expect(await product.frames()).toBe(1)
  expect((await product.log()).tokenCalls).toHaveLength(1)
})

test('callbacks are those of the latest render, not of the click', async () => {
  await using product = await pages.open(HOOK)
  const before = await product.log()
  await product.press()
  await reaches(product, 'open')
  await product.set({})
  await product.set({})
  await product.say(success)
  await logs(product, { connected: [{ accountId: 'apn_1', generation: 3 }] })
  expect(before.connected).toEqual([])
})

describe('a token that cannot be had', () => {
  test('is told in a plain sentence, and requested again on the next press', async () => {
    await using product = await pages.open({ ...HOOK, token: 'fail' })
    await product.press()
    await reaches(product, 'error')
    const { errors } = await product.log()
    expect(errors).toMatchObject([
      { code: 'ERR_TOKEN_FAILED', cause: expect.stringContaining('HTTP 500') },
    ])
    expect(await product.button.textContent()).toBe(errors[0]?.message)
    expect(errors[0]?.message).not.toContain('HTTP')
    await product.set({ token: 'ok' })
    await product.press()
    await reaches(product, 'open')
    await product.say(success)
    await logs(product, { connected: [{ accountId: 'apn_1' }], reported: [] })
    expect((await product.log()).tokenCalls).toHaveLength(2)
  })

  test('is told in the callback’s own words if it throws a ConnectError', async () => {
    await using product = await pages.open({ ...HOOK, token: 'own sentence' })
    await product.press()
    await expect.poll(() => product.button.textContent()).toBe('Three is the most.')
  })

  test.each(['nonsense', 'null'] as const)(
    'because its expiry is %s is the developer’s to correct',
    async (expiresAs) => {
      await using product = await pages.open({ ...HOOK, expiresAs })
      await product.press()
      await logs(product, {
        errors: [{ code: 'ERR_INVALID_INPUT', message: expect.stringContaining('expiresAt') }],
      })
      expect(await product.frames()).toBe(0)
    },
  )
})

async function failConfirming(answer: 'fail' | 'final') {
  const product = await pages.open({ ...HOOK, confirm: answer })
  await product.press()
  await product.say(success)
  await reaches(product, 'error')
  await logs(product, { errors: [{ code: 'ERR_CONFIRM_FAILED' }], connected: [] })
  await product.set({ confirm: 'ok' })
  return product
}

describe('an account that cannot be confirmed', () => {
  test('is confirmed again on the next press, not connected twice', async () => {
    await using product = await failConfirming('fail')
    await product.press('#main-prefetch')
    await product.press()
    await logs(product, { connected: [{ accountId: 'apn_1', confirmed: 'confirmed flow-1' }] })
    await reaches(product, 'idle')
    expect((await product.log()).tokenCalls).toHaveLength(1)
    expect(product.opened).toHaveLength(1)
  })

  test('is connected again if confirming again cannot help', async () => {
    await using product = await failConfirming('final')
    await product.press()
    await reaches(product, 'open')
    expect((await product.log()).tokenCalls).toHaveLength(2)
  })

  test('is forgotten by cancel()', async () => {
    await using product = await failConfirming('fail')
    await product.press('#main-cancel')
    await reaches(product, 'idle')
    await product.press()
    await reaches(product, 'open')
    expect((await product.log()).confirmCalls).toHaveLength(1)
  })
})

describe('cancel()', () => {
  test('while preparing opens nothing later, and the next press requests a token again', async () => {
    await using product = await pages.open({ ...HOOK, token: 'wait' })
    await product.press()
    await reaches(product, 'preparing')
    await product.press('#main-cancel')
    await reaches(product, 'idle')
    await product.press()
    await product.settle('token', 'ok')
    await product.settle('token', 'ok')
    await reaches(product, 'open')
    expect(await product.frames()).toBe(1)
    await expect.poll(() => product.opened.join()).toContain('token=ctok_2')
    expect(await product.log()).toMatchObject({ cancels: 0, errors: [] })
  })

  test('while the page is open closes it, without a callback', async () => {
    await using product = await pages.open(HOOK)
    await product.press()
    await reaches(product, 'open')
    await product.press('#main-cancel')
    await reaches(product, 'idle')
    expect(await product.frames()).toBe(0)
    expect(await product.log()).toMatchObject({ cancels: 0, errors: [], connected: [] })
  })

  test('while confirming frees the button, and still reports the account', async () => {
    await using product = await pages.open({ ...HOOK, confirm: 'wait' })
    await product.press()
    await product.say(success)
    await reaches(product, 'confirming')
    await product.press('#main-cancel')
    await reaches(product, 'idle')
    await product.settle('confirm', 'ok')
    await logs(product, { connected: [{ accountId: 'apn_1' }] })
    expect(await product.state()).toBe('idle')
  })

  test('puts an error away', async () => {
    await using product = await pages.open({ ...HOOK, token: 'fail' })
    await product.press()
    await reaches(product, 'error')
    await product.press('#main-cancel')
    await reaches(product, 'idle')
    expect(await product.button.textContent()).toBe('')
  })
})

test('when another user signs in, the page of the one before is closed', async () => {
  await using product = await pages.open(HOOK)
  await product.press()
  await reaches(product, 'open')
  await product.set({ user: 'grace' })
  await reaches(product, 'idle')
  expect(await product.frames()).toBe(0)
  expect(await product.log()).toMatchObject({ cancels: 0, errors: [] })
})

describe('a component that goes away', () => {
  test('while its page is open takes it along', async () => {
    await using product = await pages.open(HOOK)
    await product.press()
    await reaches(product, 'open')
    await product.set({ widgets: [] })
    await expect.poll(() => product.frames()).toBe(0)
    expect(await product.page.locator('dialog').count()).toBe(0)
    expect(await product.page.evaluate(() => document.documentElement.style.overflow)).toBe('')
    expect(await product.log()).toMatchObject({
      connected: [],
      errors: [],
      cancels: 0,
      reported: [],
    })
  })

  test('while preparing opens nothing later', async () => {
    await using product = await pages.open({ ...HOOK, token: 'wait' })
    await product.press()
    await reaches(product, 'preparing')
    await product.set({ widgets: [] })
    await product.button.waitFor({ state: 'detached' })
    await product.settle('token', 'ok')
    // A new component with a token of its own opens its page: the old one had its chance by then.
    await product.set({ ...HOOK, token: 'ok' })
    await product.press()
    await expect.poll(() => product.opened.length).toBe(1)
    expect(await product.frames()).toBe(1)
    expect(product.opened[0]).toContain('token=ctok_2')
  })

  test('while confirming still reports the account', async () => {
    await using product = await pages.open({ ...HOOK, confirm: 'wait' })
    await product.press()
    await product.say(success)
    await reaches(product, 'confirming')
    await product.set({ widgets: [] })
    await product.button.waitFor({ state: 'detached' })
    await product.settle('confirm', 'ok')
    await logs(product, { connected: [{ accountId: 'apn_1' }] })
    expect(await product.log()).toMatchObject({ errors: [], reported: [] })
  })
})

describe('when frames are refused', () => {
  const LINK = 'https://connect.example.net/_static/connect.html?token=ctok_1&connectLink=true'

  test('the hosted link is opened in a new tab, which has no hold on this one', async () => {
    await using product = await pages.open({ ...HOOK, framesRefused: true, connectLinkUrl: LINK })
    await product.press()
    await reaches(product, 'error')
    await logs(product, { errors: [{ code: 'ERR_FRAME_BLOCKED' }] })
    const [tab] = await Promise.all([
      product.page.waitForEvent('popup'),
      product.page.locator('#main-link').click(),
    ])
    await tab.waitForURL(`${LINK}&app=slack`)
    expect(await tab.evaluate(() => globalThis.opener)).toBe(null)
    await reaches(product, 'idle')
    expect((await product.log()).tokenCalls).toHaveLength(1)
  })

  test('a blocked pop-up is told, and can be tried again', async () => {
    await using product = await pages.open({ ...HOOK, framesRefused: true, connectLinkUrl: LINK })
    await product.press()
    await reaches(product, 'error')
    await product.page.evaluate(() => {
      const { open } = globalThis
      globalThis.open = () => {
        globalThis.open = open
        return null
      }
    })
    await product.press('#main-link')
    await expect.poll(() => product.button.textContent()).toContain('pop-ups')
    const popup = product.page.waitForEvent('popup')
    await product.page.locator('#main-link').click()
    await (await popup).waitForURL(`${LINK}&app=slack`)
    await reaches(product, 'idle')
  })

  test.each([
    ['no link', null],
    ['a link that is not http', 'javascript:alert(1)'],
  ])('with %s, none is offered', async (_, connectLinkUrl) => {
    await using product = await pages.open({ ...HOOK, framesRefused: true, connectLinkUrl })
    await product.press()
    await logs(product, { errors: [{ code: 'ERR_FRAME_BLOCKED' }] })
    expect(await product.page.locator('#main-link').textContent()).toBe('')
  })
})

const failToCreate = () => Promise.reject(new Error('No token may be requested here.'))
const Lost = () => useConnectAccount({ app: 'slack' }).state

describe('on a server', () => {
  test('the button is rendered, and nothing is fetched', () => {
    const button = createElement(ConnectButton, { app: 'slack', className: 'mine' })
    const html = renderToString(
      createElement(ConnectProvider, { createConnectToken: failToCreate }, button),
    )
    expect(html).toContain('class="mine"')
    expect(html).toContain('>Connect</button>')
  })

  test('a hook without its provider says what is missing', () => {
    expect(() => renderToString(createElement(Lost))).toThrow(/ConnectProvider/)
  })
})
