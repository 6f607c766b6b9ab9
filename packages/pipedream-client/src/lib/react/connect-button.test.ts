import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReactTheatre } from '../../../test/react-stage.ts'

let theatre: Awaited<ReturnType<typeof openReactTheatre>>
beforeAll(async () => {
  theatre = await openReactTheatre()
})
afterAll(() => theatre.close())

type Stage = Awaited<ReturnType<typeof theatre.stage>>

const success = { type: 'success', authProvisionId: 'apn_1' }
const closing = { type: 'close' }

const reaches = (stage: Stage, state: string) => expect.poll(() => stage.state()).toBe(state)
const logs = (stage: Stage, expected: object) =>
  expect.poll(() => stage.log()).toMatchObject(expected)
const tokenCalls = async (stage: Stage) => (await stage.log()).tokenCalls.length

/** Two buttons, the second for an app of the test's choice. */
const twoButtons = (app: string) => ({
  widgets: [
    { name: 'main', kind: 'button' as const, app: 'slack' },
    { name: 'other', kind: 'button' as const, app },
  ],
})

describe('a token is fetched ahead', () => {
  const intents = [
    { name: 'hover', intend: (stage: Stage) => stage.button.hover() },
    { name: 'focus', intend: (stage: Stage) => stage.page.keyboard.press('Tab') },
    { name: 'touch', intend: (stage: Stage) => stage.button.dispatchEvent('touchstart') },
  ]
  test.each(intents)(
    'on $name, once, and the click shows the frame in the next animation frame',
    async ({ intend }) => {
      await using stage = await theatre.stage({ confirm: 'ok' })
      await intend(stage)
      await expect.poll(() => tokenCalls(stage)).toBe(1)
      await intend(stage)
      await stage.button.dispatchEvent('focusin')
      await stage.press()
      await logs(stage, { framesAfterClick: [1], tokenCalls: [{ app: 'slack' }] })
      await stage.say(success)
      await logs(stage, { connected: [{ confirmed: 'confirmed flow-1' }] })
      expect(stage.opened).toHaveLength(1)
    },
  )

  test('and a click that did not wait for it shares it', async () => {
    await using stage = await theatre.stage({ token: 'wait' })
    await stage.button.hover()
    await stage.button.click()
    await logs(stage, { framesAfterClick: [0] })
    await stage.settle('token', 'ok')
    await reaches(stage, 'open')
    expect(await tokenCalls(stage)).toBe(1)
  })

  test('by a tap on a touch screen, once', async () => {
    await using stage = await theatre.stage({ touch: true })
    await stage.button.tap()
    await reaches(stage, 'open')
    expect(await tokenCalls(stage)).toBe(1)
  })

  test('and a failure is neither told nor remembered', async () => {
    await using stage = await theatre.stage({ token: 'fail' })
    await stage.button.hover()
    await expect.poll(() => tokenCalls(stage)).toBe(1)
    expect(await stage.state()).toBe('idle')
    await stage.set({ token: 'ok' })
    await stage.press()
    await reaches(stage, 'open')
    expect(await stage.log()).toMatchObject({ errors: [], reported: [] })
    expect(await tokenCalls(stage)).toBe(2)
  })

  test.each(['date', 'text', 'milliseconds', 'seconds'] as const)(
    'and used while it is fresh, its expiry given as %s',
    async (expiresAs) => {
      const now = Date.UTC(2026, 4, 22, 12)
      await using stage = await theatre.stage({ expiresAs, lifeMs: 600_000 })
      await stage.page.clock.setFixedTime(now)
      await stage.button.hover()
      await expect.poll(() => tokenCalls(stage)).toBe(1)
      await stage.page.clock.setFixedTime(now + 540_000)
      await stage.button.dispatchEvent('focusin')
      expect(await tokenCalls(stage)).toBe(1)
      // It has less than a minute to live: too little to log in somewhere.
      await stage.page.clock.setFixedTime(now + 540_001)
      await stage.press()
      await reaches(stage, 'open')
      await expect.poll(() => stage.opened.join()).toContain('token=ctok_2')
      expect(await tokenCalls(stage)).toBe(2)
    },
  )

  test('again when the first expired under the pointer', async () => {
    const now = Date.UTC(2026, 4, 22, 12)
    await using stage = await theatre.stage()
    await stage.page.clock.setFixedTime(now)
    await stage.button.hover()
    await expect.poll(() => tokenCalls(stage)).toBe(1)
    await stage.page.clock.setFixedTime(now + 600_000)
    await stage.button.dispatchEvent('focusin')
    await expect.poll(() => tokenCalls(stage)).toBe(2)
    await stage.press()
    await logs(stage, { framesAfterClick: [1] })
    await expect.poll(() => stage.opened.join()).toContain('token=ctok_2')
  })
})

describe('a token that was used', () => {
  test('is not used again, even if the person only closed the page', async () => {
    await using stage = await theatre.stage()
    await stage.press()
    await stage.say(closing)
    await reaches(stage, 'idle')
    await stage.press()
    await expect.poll(() => stage.opened.length).toBe(2)
    expect(stage.opened[1]).toContain('token=ctok_2')
  })

  test('is not replaced just because the frame gives the focus back', async () => {
    await using stage = await theatre.stage()
    await stage.button.focus()
    await expect.poll(() => tokenCalls(stage)).toBe(1)
    await stage.page.keyboard.press('Enter')
    await stage.say(closing)
    await logs(stage, { cancels: 1, ownHandlers: ['focus', 'click', 'focus'] })
    await reaches(stage, 'idle')
    expect(await stage.page.evaluate(() => document.activeElement?.id)).toBe('main')
    expect(await tokenCalls(stage)).toBe(1)
  })
})

describe('two buttons', () => {
  test('of two apps have a token each', async () => {
    await using stage = await theatre.stage(twoButtons('github'))
    await stage.button.hover()
    await stage.page.locator('#other').hover()
    await logs(stage, { tokenCalls: [{ app: 'slack' }, { app: 'github' }] })
    await stage.press('#other')
    await expect.poll(() => stage.opened.join()).toContain('token=ctok_2&app=github')
  })

  test('of the same app share what was fetched ahead, but never one flow’s token', async () => {
    await using stage = await theatre.stage(twoButtons('slack'))
    await stage.button.hover()
    await stage.page.locator('#other').hover()
    await expect.poll(() => tokenCalls(stage)).toBe(1)
    await stage.press('#other')
    await stage.press('#main')
    await expect.poll(() => stage.opened.length).toBe(2)
    const tokens = stage.opened.map((url) => new URL(url).searchParams.get('token'))
    expect(new Set(tokens)).toEqual(new Set(['ctok_1', 'ctok_2']))
  })

  test('of the same app do not share one that is on its way to a flow', async () => {
    await using stage = await theatre.stage({ ...twoButtons('slack'), token: 'wait' })
    await stage.button.hover()
    await expect.poll(() => tokenCalls(stage)).toBe(1)
    await stage.press('#main')
    await stage.press('#other')
    await expect.poll(() => tokenCalls(stage)).toBe(2)
  })

  test('tell only of their own flow', async () => {
    await using stage = await theatre.stage({ ...twoButtons('github'), token: 'fail' })
    await stage.press('#other')
    await expect.poll(() => stage.state('other')).toBe('error')
    expect(await stage.state('main')).toBe('idle')
  })
})

describe('the button', () => {
  test('is a button like any other', async () => {
    await using stage = await theatre.stage()
    const { button } = stage
    expect(await button.getAttribute('type')).toBe('button')
    expect(await button.getAttribute('class')).toBe('mine')
    expect(await button.textContent()).toBe('Connect')
    expect((await stage.log()).refs).toContain('BUTTON')
  })

  test('says that it is busy, and keeps the focus meanwhile and afterwards', async () => {
    await using stage = await theatre.stage({ token: 'wait' })
    const { button, page } = stage
    await button.focus()
    await page.keyboard.press('Enter')
    await reaches(stage, 'preparing')
    expect(await button.getAttribute('aria-busy')).toBe('true')
    expect(await button.isDisabled()).toBe(true)
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    await stage.settle('token', 'ok')
    await stage.say(closing)
    await reaches(stage, 'idle')
    expect(await button.getAttribute('aria-busy')).toBe('false')
    expect(await button.isDisabled()).toBe(false)
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('calls the page’s own handlers, which may prevent the flow', async () => {
    await using stage = await theatre.stage()
    await stage.button.click({ modifiers: ['Alt'] })
    await logs(stage, { ownHandlers: ['focus', 'click'] })
    expect(await stage.state()).toBe('idle')
    expect(await stage.frames()).toBe(0)
  })

  test('describes its error, and tries again', async () => {
    await using stage = await theatre.stage({ token: 'fail' })
    await stage.press()
    await reaches(stage, 'error')
    const [error] = (await stage.log()).errors
    expect(await stage.button.getAttribute('title')).toBe(error?.message)
    await stage.set({ token: 'ok' })
    await stage.press()
    await reaches(stage, 'open')
    expect(await stage.button.getAttribute('title')).toBe(null)
  })

  test('says what a function makes of the flow', async () => {
    await using stage = await theatre.stage({
      widgets: [{ name: 'main', kind: 'function', app: 'slack' }],
      token: 'fail',
    })
    await expect.poll(() => stage.button.textContent()).toBe('idle: undefined')
    await stage.press()
    await expect.poll(() => stage.button.textContent()).toBe('error: ERR_TOKEN_FAILED')
  })

  const connectLinkUrl = 'https://connect.example.net/link?token=ctok_1&connectLink=true'

  test('offers a new tab, which an isolated page can open too', async () => {
    await using stage = await theatre.stage({ isolated: true, connectLinkUrl })
    await stage.press()
    await logs(stage, { errors: [{ code: 'ERR_FRAME_BLOCKED' }] })
    await expect.poll(() => stage.button.textContent()).toContain('new tab')
    const popup = stage.page.waitForEvent('popup')
    await stage.button.click()
    await (await popup).waitForURL(`${connectLinkUrl}&app=slack`)
    await reaches(stage, 'idle')
  })

  test('offers a new tab when frames are refused, and says when that was blocked', async () => {
    await using stage = await theatre.stage({ framesRefused: true, connectLinkUrl })
    await stage.press()
    await expect.poll(() => stage.button.textContent()).toContain('new tab')
    await stage.page.evaluate(() => {
      const { open } = globalThis
      globalThis.open = () => {
        globalThis.open = open
        return null
      }
    })
    await stage.press()
    await expect.poll(() => stage.button.textContent()).toContain('pop-ups')
    const popup = stage.page.waitForEvent('popup')
    await stage.button.click()
    await (await popup).waitForURL(`${connectLinkUrl}&app=slack`)
    await reaches(stage, 'idle')
    expect(await tokenCalls(stage)).toBe(1)
  })
})

/** Does to the page's text what Chrome's translation does: each text node gives way to other words in two `<font>`s. */
function translate(): void {
  const observer = new MutationObserver(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: Node[] = []
    while (walker.nextNode()) texts.push(walker.currentNode)
    for (const text of texts) {
      const words = text.nodeValue ?? ''
      if (words.trim() === '' || text.parentElement?.closest('font, script')) continue
      const outer = document.createElement('font')
      outer.append(Object.assign(document.createElement('font'), { textContent: `«${words}»` }))
      text.parentElement?.replaceChild(outer, text)
    }
  })
  observer.observe(document, { childList: true, characterData: true, subtree: true })
  document.body.append(document.createElement('hr'))
}

describe('a page that the browser translates', () => {
  const cases = [
    { kind: 'button' as const, waiting: '«Connecting…»', offer: '«Continue in a new tab»' },
    { kind: 'mixed' as const, waiting: '« Connect »«Slack»', offer: '«Continue in a new tab»' },
    { kind: 'mixed function' as const, waiting: '«Wait» «preparing»', offer: '«Connect» «error»' },
  ]
  test.each(cases)(
    'goes on, with the words of now, with $kind',
    async ({ kind, waiting, offer }) => {
      await using stage = await theatre.stage({
        widgets: [{ name: 'main', kind, app: 'slack' }],
        framesRefused: true,
        token: 'wait',
        connectLinkUrl: 'https://connect.example.net/link',
      })
      await stage.page.evaluate(translate)
      await expect.poll(() => stage.button.textContent()).toMatch(/«\s*Connect/)
      await stage.press()
      await expect.poll(() => stage.button.textContent()).toBe(waiting)
      await stage.settle('token', 'ok')
      await reaches(stage, 'error')
      await expect.poll(() => stage.button.textContent()).toBe(offer)
      await stage.set({ widgets: [] })
      expect(await stage.log()).toMatchObject({ reported: [] })
    },
  )
})

test('the options of the hosted page reach it, and are no attributes of the button', async () => {
  const target = {
    app: 'slack',
    accountId: 'apn_9',
    oauthAppId: 'oa_1',
    appOverrideId: 'ao_1',
    oauthScopeProfile: 'admin' as const,
    customOauthClient: true,
  }
  await using stage = await theatre.stage({
    widgets: [{ name: 'main', kind: 'button', hideClose: false, ...target }],
  })
  await stage.press()
  await expect.poll(() => stage.opened.length).toBe(1)
  expect(Object.fromEntries(new URL(stage.opened[0] ?? '').searchParams)).toEqual({
    token: 'ctok_1',
    ...target,
    customOauthClient: 'true',
  })
  const names = await stage.button.evaluate((button) => button.getAttributeNames())
  expect(names.toSorted()).toEqual([
    'aria-busy',
    'aria-disabled',
    'class',
    'data-state',
    'id',
    'type',
  ])
})
