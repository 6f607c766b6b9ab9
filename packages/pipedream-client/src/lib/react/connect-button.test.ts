import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReactProductPages } from '../../../test/react-product-page.ts'

let pages: Awaited<ReturnType<typeof startReactProductPages>>
beforeAll(async () => {
  pages = await startReactProductPages()
})
afterAll(() => pages.close())

type Product = Awaited<ReturnType<typeof pages.open>>

const success = { type: 'success', authProvisionId: 'apn_1' }
const closing = { type: 'close' }

const reaches = (product: Product, state: string) => expect.poll(() => product.state()).toBe(state)
const logs = (product: Product, expected: object) =>
  expect.poll(() => product.log()).toMatchObject(expected)
const prepareCalls = async (product: Product) => (await product.log()).prepareCalls.length
const tokenCalls = async (product: Product) => (await product.log()).tokenCalls.length

/** Two buttons, the second for an app of the test's choice. */
const twoButtons = (app: string) => ({
  widgets: [
    { name: 'main', kind: 'button' as const, app: 'slack' },
    { name: 'other', kind: 'button' as const, app },
  ],
})

describe('a token is prepared', () => {
  const intents = [
    { name: 'hover', intend: (product: Product) => product.button.hover() },
    { name: 'focus', intend: (product: Product) => product.page.keyboard.press('Tab') },
    { name: 'touch', intend: (product: Product) => product.button.dispatchEvent('touchstart') },
  ]
  test.each(intents)(
    'on $name, once, and the click creates one and shows the dialog in the next animation frame',
    async ({ intend }) => {
      await using product = await pages.open({ confirm: 'ok' })
      await intend(product)
      await expect.poll(() => prepareCalls(product)).toBe(1)
      await intend(product)
      await product.button.dispatchEvent('focusin')
      expect(await tokenCalls(product)).toBe(0)
      await product.press()
      await logs(product, { dialogsAfterClick: [1], tokenCalls: [{ app: 'slack' }] })
      expect(await prepareCalls(product)).toBe(1)
      await product.say(success)
      await logs(product, { connected: [{ confirmed: 'confirmed flow-1' }] })
      expect(product.opened).toHaveLength(1)
    },
  )

  test('and a click that did not wait for it opens its dialog, and its page when it is there', async () => {
    await using product = await pages.open({ prepare: 'wait' })
    await product.button.hover()
    await product.button.click()
    await logs(product, { dialogsAfterClick: [1] })
    expect(await tokenCalls(product)).toBe(0)
    await product.settle('prepare', 'ok')
    await reaches(product, 'open')
    expect(await tokenCalls(product)).toBe(1)
  })

  test('by a tap on a touch screen, once', async () => {
    await using product = await pages.open({ touch: true })
    await product.button.tap()
    await reaches(product, 'open')
    expect([await prepareCalls(product), await tokenCalls(product)]).toEqual([1, 1])
  })

  test('and a failure is neither told nor remembered', async () => {
    await using product = await pages.open({ prepare: 'fail' })
    await product.button.hover()
    await expect.poll(() => prepareCalls(product)).toBe(1)
    await product.button.dispatchEvent('focusin')
    await expect.poll(() => prepareCalls(product)).toBe(2)
    expect(await product.state()).toBe('idle')
    await product.press()
    await reaches(product, 'open')
    expect(await product.log()).toMatchObject({ errors: [], reported: [] })
  })

  test.each(['date', 'text', 'milliseconds', 'seconds'] as const)(
    'again when the server has dropped it, its expiry given as %s',
    async (expiresAs) => {
      const now = Date.UTC(2026, 4, 22, 12)
      await using product = await pages.open({ expiresAs, lifeMs: 600_000, clock: true })
      await product.page.clock.setFixedTime(now)
      await product.button.hover()
      await expect.poll(() => prepareCalls(product)).toBe(1)
      await product.page.clock.setFixedTime(now + 599_999)
      await product.button.dispatchEvent('focusin')
      expect(await prepareCalls(product)).toBe(1)
      await product.page.clock.setFixedTime(now + 600_000)
      await product.button.dispatchEvent('focusin')
      await expect.poll(() => prepareCalls(product)).toBe(2)
      expect(await tokenCalls(product)).toBe(0)
    },
  )
})

describe('a token that was used', () => {
  test('is not used again, even if the person only closed the page', async () => {
    await using product = await pages.open()
    await product.press()
    await product.say(closing)
    await reaches(product, 'idle')
    await product.press()
    await expect.poll(() => product.opened.length).toBe(2)
    expect(product.opened[1]).toContain('token=ctok_2')
  })

  test('is not replaced just because the frame gives the focus back', async () => {
    await using product = await pages.open()
    await product.button.focus()
    await expect.poll(() => prepareCalls(product)).toBe(1)
    await product.page.keyboard.press('Enter')
    await product.say(closing)
    await logs(product, { cancels: 1, ownHandlers: ['focus', 'click', 'focus'] })
    await reaches(product, 'idle')
    expect(await product.page.evaluate(() => document.activeElement?.id)).toBe('main')
    expect(await prepareCalls(product)).toBe(1)
  })
})

describe('two buttons', () => {
  test('of two apps have a token each', async () => {
    await using product = await pages.open(twoButtons('github'))
    await product.button.hover()
    await product.page.locator('#other').hover()
    await logs(product, { prepareCalls: [{ app: 'slack' }, { app: 'github' }] })
    await product.press('#other')
    await expect.poll(() => product.opened.join()).toContain('token=ctok_1&app=github')
  })

  test('of the same app share what was prepared, but never one flow’s token', async () => {
    await using product = await pages.open(twoButtons('slack'))
    await product.button.hover()
    await product.page.locator('#other').hover()
    await expect.poll(() => prepareCalls(product)).toBe(1)
    await product.press('#other')
    await product.press('#main')
    await expect.poll(() => product.opened.length).toBe(2)
    const tokens = product.opened.map((url) => new URL(url).searchParams.get('token'))
    expect(new Set(tokens)).toEqual(new Set(['ctok_1', 'ctok_2']))
  })

  test('tell only of their own flow', async () => {
    await using product = await pages.open({ ...twoButtons('github'), token: 'fail' })
    await product.press('#other')
    await expect.poll(() => product.state('other')).toBe('error')
    expect(await product.state('main')).toBe('idle')
  })
})

describe('the button', () => {
  test('is a button like any other', async () => {
    await using product = await pages.open()
    const { button } = product
    expect(await button.getAttribute('type')).toBe('button')
    expect(await button.getAttribute('class')).toBe('mine')
    expect(await button.textContent()).toBe('Connect')
    expect((await product.log()).refs).toContain('BUTTON')
  })

  test('says that it is busy, and has the focus again afterwards', async () => {
    await using product = await pages.open({ token: 'wait' })
    const { button, page } = product
    await button.focus()
    await page.keyboard.press('Enter')
    await reaches(product, 'preparing')
    expect(await button.getAttribute('aria-busy')).toBe('true')
    expect(await button.isDisabled()).toBe(true)
    await product.settle('token', 'ok')
    await product.say(closing)
    await reaches(product, 'idle')
    expect(await button.getAttribute('aria-busy')).toBe('false')
    expect(await button.isDisabled()).toBe(false)
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('calls the page’s own handlers, which may prevent the flow', async () => {
    await using product = await pages.open()
    await product.button.click({ modifiers: ['Alt'] })
    await logs(product, { ownHandlers: ['focus', 'click'] })
    expect(await product.state()).toBe('idle')
    expect(await product.frames()).toBe(0)
  })

  test('describes its error, and tries again', async () => {
    await using product = await pages.open({ token: 'fail' })
    await product.press()
    await reaches(product, 'error')
    const [error] = (await product.log()).errors
    expect(await product.button.getAttribute('title')).toBe(error?.message)
    await product.set({ token: 'ok' })
    await product.press()
    await reaches(product, 'open')
    expect(await product.button.getAttribute('title')).toBe(null)
  })

  test('says what a function makes of the flow', async () => {
    await using product = await pages.open({
      widgets: [{ name: 'main', kind: 'function', app: 'slack' }],
      token: 'fail',
    })
    await expect.poll(() => product.button.textContent()).toBe('idle: undefined')
    await product.press()
    await expect.poll(() => product.button.textContent()).toBe('error: ERR_TOKEN_FAILED')
  })

  const connectLinkUrl = 'https://connect.example.net/link?token=ctok_1&connectLink=true'

  test('offers a new tab, which an isolated page can open too', async () => {
    await using product = await pages.open({ isolated: true, connectLinkUrl })
    await product.press()
    await logs(product, { errors: [{ code: 'ERR_FRAME_BLOCKED' }] })
    await expect.poll(() => product.button.textContent()).toContain('new tab')
    const popup = product.page.waitForEvent('popup')
    await product.button.click()
    await (await popup).waitForURL(`${connectLinkUrl}&app=slack`)
    await reaches(product, 'idle')
  })

  test('offers a new tab when frames are refused, and says when that was blocked', async () => {
    await using product = await pages.open({ framesRefused: true, connectLinkUrl })
    await product.press()
    await expect.poll(() => product.button.textContent()).toContain('new tab')
    await product.page.evaluate(() => {
      const { open } = globalThis
      globalThis.open = () => {
        globalThis.open = open
        return null
      }
    })
    await product.press()
    await expect.poll(() => product.button.textContent()).toContain('pop-ups')
    const popup = product.page.waitForEvent('popup')
    await product.button.click()
    await (await popup).waitForURL(`${connectLinkUrl}&app=slack`)
    await reaches(product, 'idle')
    expect(await tokenCalls(product)).toBe(1)
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
      await using product = await pages.open({
        widgets: [{ name: 'main', kind, app: 'slack' }],
        framesRefused: true,
        token: 'wait',
        connectLinkUrl: 'https://connect.example.net/link',
      })
      await product.page.evaluate(translate)
      await expect.poll(() => product.button.textContent()).toMatch(/«\s*Connect/)
      await product.press()
      await expect.poll(() => product.button.textContent()).toBe(waiting)
      await product.settle('token', 'ok')
      await reaches(product, 'error')
      await expect.poll(() => product.button.textContent()).toBe(offer)
      await product.set({ widgets: [] })
      expect(await product.log()).toMatchObject({ reported: [] })
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
  await using product = await pages.open({
    widgets: [{ name: 'main', kind: 'button', hideClose: false, ...target }],
  })
  await product.press()
  await expect.poll(() => product.opened.length).toBe(1)
  expect(Object.fromEntries(new URL(product.opened[0] ?? '').searchParams)).toEqual({
    token: 'ctok_1',
    ...target,
    customOauthClient: 'true',
  })
  const names = await product.button.evaluate((button) => button.getAttributeNames())
  expect(names.toSorted()).toEqual([
    'aria-busy',
    'aria-disabled',
    'class',
    'data-state',
    'id',
    'type',
  ])
})
