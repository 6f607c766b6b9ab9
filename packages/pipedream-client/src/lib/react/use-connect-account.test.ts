import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReactTheatre } from '../../../test/react-stage.ts'
import { ConnectButton, ConnectProvider, useConnectAccount } from '../../react.ts'

let theatre: Awaited<ReturnType<typeof openReactTheatre>>
beforeAll(async () => {
  theatre = await openReactTheatre()
})
afterAll(() => theatre.close())

type Stage = Awaited<ReturnType<typeof theatre.stage>>

const success = { type: 'success', authProvisionId: 'apn_1' }
const closing = { type: 'close' }
const HOOK = { widgets: [{ name: 'main', kind: 'hook' as const, app: 'slack' }] }

const reaches = (stage: Stage, state: string) => expect.poll(() => stage.state()).toBe(state)
const logs = (stage: Stage, expected: object) =>
  expect.poll(() => stage.log()).toMatchObject(expected)

describe('the states of a flow', () => {
  test('are told in order, up to the account, under StrictMode', async () => {
    await using stage = await theatre.stage({ ...HOOK, token: 'wait', confirm: 'wait' })
    await stage.press()
    await reaches(stage, 'preparing')
    await stage.settle('token', 'ok')
    await reaches(stage, 'open')
    await stage.say(success)
    await reaches(stage, 'confirming')
    expect(await stage.frames()).toBe(0)
    await stage.settle('confirm', 'ok')
    await reaches(stage, 'idle')
    const created = { connectToken: 'ctok_1', flowId: 'flow-1' }
    expect(await stage.log()).toMatchObject({
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
    await using stage = await theatre.stage(HOOK)
    await stage.press()
    await stage.say(success, closing)
    await logs(stage, { connected: [{ accountId: 'apn_1' }] })
    await reaches(stage, 'idle')
    expect((await stage.log()).confirmCalls).toEqual([])
  })

  test('leave out preparing when a token is at hand: the frame is there when connect() returns', async () => {
    await using stage = await theatre.stage(HOOK)
    await stage.press('#main-prefetch')
    await expect.poll(() => stage.log().then(({ tokenCalls }) => tokenCalls.length)).toBe(1)
    await stage.press()
    await logs(stage, { framesOnClick: [0, 1], states: { main: ['idle', 'open'] } })
    await stage.press('#main-prefetch')
    expect((await stage.log()).tokenCalls).toHaveLength(1)
  })

  test('end with idle when the person closes the page', async () => {
    await using stage = await theatre.stage(HOOK)
    await stage.press()
    await stage.say(closing)
    await logs(stage, { cancels: 1 })
    await reaches(stage, 'idle')
    expect(await stage.log()).toMatchObject({ errors: [], connected: [], reported: [] })
  })

  test('end with the page’s own error when the person closes it after one', async () => {
    await using stage = await theatre.stage(HOOK)
    await stage.press()
    await stage.say({ type: 'error', error: 'The provider said no.' }, closing)
    await reaches(stage, 'error')
    await expect.poll(() => stage.button.textContent()).toBe('The provider said no.')
    await logs(stage, { errors: [{ code: 'ERR_PROVIDER' }], cancels: 0 })
  })
})

describe('the provider’s onOpen', () => {
  test('is told of a flow as its frame opens, and of no token that was only fetched ahead', async () => {
    await using stage = await theatre.stage(HOOK)
    await stage.press('#main-prefetch')
    await expect.poll(() => stage.log().then(({ tokenCalls }) => tokenCalls.length)).toBe(1)
    expect((await stage.log()).openCalls).toEqual([])
    await stage.press()
    const created = { connectToken: 'ctok_1', flowId: 'flow-1' }
    await logs(stage, { openCalls: [{ target: { app: 'slack' }, created }] })
  })

  test('is told of nothing that was cancelled before', async () => {
    await using stage = await theatre.stage({ ...HOOK, token: 'wait' })
    await stage.press()
    await stage.press('#main-cancel')
    await stage.settle('token', 'ok')
    await stage.press()
    await stage.settle('token', 'ok')
    await reaches(stage, 'open')
    await logs(stage, { openCalls: [{ created: { flowId: 'flow-2' } }] })
    expect((await stage.log()).openCalls).toHaveLength(1)
  })

  test('may fail, which is reported and does not hold up the flow', async () => {
    await using stage = await theatre.stage({ ...HOOK, open: 'fail' })
    await stage.press()
    await stage.say(success, closing)
    await logs(stage, { connected: [{ accountId: 'apn_1' }], errors: [] })
    expect((await stage.log()).reported).toEqual([expect.stringContaining('HTTP 500')])
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
  await using stage = await theatre.stage({
    widgets: [{ name: 'main', kind: 'hook', ...target }],
    connectUrl: 'https://connect.example.net/elsewhere.html',
  })
  await stage.press()
  await expect
    .poll(() => stage.opened)
    .toEqual([
      'https://connect.example.net/elsewhere.html?token=ctok_1&app=slack&oauthAppId=oa_1&appOverrideId=ao_1&accountId=apn_9&hideClose=true&oauthScopeProfile=read_only&customOauthClient=true',
    ])
  expect((await stage.log()).tokenCalls).toEqual([target])
})

test('while one flow goes on, another press does nothing', async () => {
  await using stage = await theatre.stage({ ...HOOK, token: 'wait' })
  await stage.press()
  await stage.press()
  await stage.settle('token', 'ok')
  await reaches(stage, 'open')
  await stage.press()
  expect(await stage.frames()).toBe(1)
  expect((await stage.log()).tokenCalls).toHaveLength(1)
})

test('callbacks are those of the latest render, not of the click', async () => {
  await using stage = await theatre.stage(HOOK)
  const before = await stage.log()
  await stage.press()
  await reaches(stage, 'open')
  await stage.set({})
  await stage.set({})
  await stage.say(success)
  await logs(stage, { connected: [{ accountId: 'apn_1', generation: 3 }] })
  expect(before.connected).toEqual([])
})

describe('a token that cannot be had', () => {
  test('is told in a plain sentence, and requested again on the next press', async () => {
    await using stage = await theatre.stage({ ...HOOK, token: 'fail' })
    await stage.press()
    await reaches(stage, 'error')
    const { errors } = await stage.log()
    expect(errors).toMatchObject([
      { code: 'ERR_TOKEN_FAILED', cause: expect.stringContaining('HTTP 500') },
    ])
    expect(await stage.button.textContent()).toBe(errors[0]?.message)
    expect(errors[0]?.message).not.toContain('HTTP')
    await stage.set({ token: 'ok' })
    await stage.press()
    await reaches(stage, 'open')
    await stage.say(success)
    await logs(stage, { connected: [{ accountId: 'apn_1' }], reported: [] })
    expect((await stage.log()).tokenCalls).toHaveLength(2)
  })

  test('is told in the callback’s own words if it throws a ConnectError', async () => {
    await using stage = await theatre.stage({ ...HOOK, token: 'own sentence' })
    await stage.press()
    await expect.poll(() => stage.button.textContent()).toBe('Three is the most.')
  })

  test.each(['nonsense', 'null'] as const)(
    'because its expiry is %s is the developer’s to correct',
    async (expiresAs) => {
      await using stage = await theatre.stage({ ...HOOK, expiresAs })
      await stage.press()
      await logs(stage, {
        errors: [{ code: 'ERR_INVALID_INPUT', message: expect.stringContaining('expiresAt') }],
      })
      expect(await stage.frames()).toBe(0)
    },
  )
})

async function failConfirming(answer: 'fail' | 'final') {
  const stage = await theatre.stage({ ...HOOK, confirm: answer })
  await stage.press()
  await stage.say(success)
  await reaches(stage, 'error')
  await logs(stage, { errors: [{ code: 'ERR_CONFIRM_FAILED' }], connected: [] })
  await stage.set({ confirm: 'ok' })
  return stage
}

describe('an account that cannot be confirmed', () => {
  test('is confirmed again on the next press, not connected twice', async () => {
    await using stage = await failConfirming('fail')
    await stage.press('#main-prefetch')
    await stage.press()
    await logs(stage, { connected: [{ accountId: 'apn_1', confirmed: 'confirmed flow-1' }] })
    await reaches(stage, 'idle')
    expect((await stage.log()).tokenCalls).toHaveLength(1)
    expect(stage.opened).toHaveLength(1)
  })

  test('is connected again if confirming again cannot help', async () => {
    await using stage = await failConfirming('final')
    await stage.press()
    await reaches(stage, 'open')
    expect((await stage.log()).tokenCalls).toHaveLength(2)
  })

  test('is forgotten by cancel()', async () => {
    await using stage = await failConfirming('fail')
    await stage.press('#main-cancel')
    await reaches(stage, 'idle')
    await stage.press()
    await reaches(stage, 'open')
    expect((await stage.log()).confirmCalls).toHaveLength(1)
  })
})

describe('cancel()', () => {
  test('while preparing opens nothing later, and the next press requests a token again', async () => {
    await using stage = await theatre.stage({ ...HOOK, token: 'wait' })
    await stage.press()
    await reaches(stage, 'preparing')
    await stage.press('#main-cancel')
    await reaches(stage, 'idle')
    await stage.press()
    await stage.settle('token', 'ok')
    await stage.settle('token', 'ok')
    await reaches(stage, 'open')
    expect(await stage.frames()).toBe(1)
    await expect.poll(() => stage.opened.join()).toContain('token=ctok_2')
    expect(await stage.log()).toMatchObject({ cancels: 0, errors: [] })
  })

  test('while the page is open closes it, without a callback', async () => {
    await using stage = await theatre.stage(HOOK)
    await stage.press()
    await reaches(stage, 'open')
    await stage.press('#main-cancel')
    await reaches(stage, 'idle')
    expect(await stage.frames()).toBe(0)
    expect(await stage.log()).toMatchObject({ cancels: 0, errors: [], connected: [] })
  })

  test('while confirming does nothing, for the account exists', async () => {
    await using stage = await theatre.stage({ ...HOOK, confirm: 'wait' })
    await stage.press()
    await stage.say(success)
    await reaches(stage, 'confirming')
    await stage.press('#main-cancel')
    expect(await stage.state()).toBe('confirming')
    await stage.settle('confirm', 'ok')
    await logs(stage, { connected: [{ accountId: 'apn_1' }] })
  })

  test('puts an error away', async () => {
    await using stage = await theatre.stage({ ...HOOK, token: 'fail' })
    await stage.press()
    await reaches(stage, 'error')
    await stage.press('#main-cancel')
    await reaches(stage, 'idle')
    expect(await stage.button.textContent()).toBe('')
  })
})

describe('a component that goes away', () => {
  test('while its page is open takes it along', async () => {
    await using stage = await theatre.stage(HOOK)
    await stage.press()
    await reaches(stage, 'open')
    await stage.set({ widgets: [] })
    await expect.poll(() => stage.frames()).toBe(0)
    expect(await stage.page.locator('dialog').count()).toBe(0)
    expect(await stage.page.evaluate(() => document.documentElement.style.overflow)).toBe('')
    expect(await stage.log()).toMatchObject({ connected: [], errors: [], cancels: 0, reported: [] })
  })

  test('while preparing opens nothing later', async () => {
    await using stage = await theatre.stage({ ...HOOK, token: 'wait' })
    await stage.press()
    await reaches(stage, 'preparing')
    await stage.set({ widgets: [] })
    await stage.button.waitFor({ state: 'detached' })
    await stage.settle('token', 'ok')
    // A new component with a token of its own opens its page: the old one had its chance by then.
    await stage.set({ ...HOOK, token: 'ok' })
    await stage.press()
    await expect.poll(() => stage.opened.length).toBe(1)
    expect(await stage.frames()).toBe(1)
    expect(stage.opened[0]).toContain('token=ctok_2')
  })

  test('while confirming still reports the account', async () => {
    await using stage = await theatre.stage({ ...HOOK, confirm: 'wait' })
    await stage.press()
    await stage.say(success)
    await reaches(stage, 'confirming')
    await stage.set({ widgets: [] })
    await stage.button.waitFor({ state: 'detached' })
    await stage.settle('confirm', 'ok')
    await logs(stage, { connected: [{ accountId: 'apn_1' }] })
    expect(await stage.log()).toMatchObject({ errors: [], reported: [] })
  })
})

describe('when frames are refused', () => {
  const LINK = 'https://connect.example.net/_static/connect.html?token=ctok_1&connectLink=true'

  test('the hosted link is opened in a new tab, which has no hold on this one', async () => {
    await using stage = await theatre.stage({ ...HOOK, framesRefused: true, connectLinkUrl: LINK })
    await stage.press()
    await reaches(stage, 'error')
    await logs(stage, { errors: [{ code: 'ERR_FRAME_BLOCKED' }] })
    const [tab] = await Promise.all([
      stage.page.waitForEvent('popup'),
      stage.page.locator('#main-link').click(),
    ])
    await tab.waitForURL(`${LINK}&app=slack`)
    expect(await tab.evaluate(() => globalThis.opener)).toBe(null)
    await reaches(stage, 'idle')
    expect((await stage.log()).tokenCalls).toHaveLength(1)
  })

  test('a blocked pop-up is told, and can be tried again', async () => {
    await using stage = await theatre.stage({ ...HOOK, framesRefused: true, connectLinkUrl: LINK })
    await stage.press()
    await reaches(stage, 'error')
    await stage.page.evaluate(() => {
      const { open } = globalThis
      globalThis.open = () => {
        globalThis.open = open
        return null
      }
    })
    await stage.press('#main-link')
    await expect.poll(() => stage.button.textContent()).toContain('pop-ups')
    const popup = stage.page.waitForEvent('popup')
    await stage.page.locator('#main-link').click()
    await (await popup).waitForURL(`${LINK}&app=slack`)
    await reaches(stage, 'idle')
  })

  test.each([
    ['no link', null],
    ['a link that is not http', 'javascript:alert(1)'],
  ])('with %s, none is offered', async (_, connectLinkUrl) => {
    await using stage = await theatre.stage({ ...HOOK, framesRefused: true, connectLinkUrl })
    await stage.press()
    await logs(stage, { errors: [{ code: 'ERR_FRAME_BLOCKED' }] })
    expect(await stage.page.locator('#main-link').textContent()).toBe('')
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
