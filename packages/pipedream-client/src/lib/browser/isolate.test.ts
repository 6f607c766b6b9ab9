import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_TRACES, startProductPages } from '../../../test/product-page.ts'

let pages: Awaited<ReturnType<typeof startProductPages>>
beforeAll(async () => {
  pages = await startProductPages()
})
afterAll(() => pages.close())

type Product = Awaited<ReturnType<typeof pages.open>>

const leaveOf = ({ page }: Product) => page.getByRole('button', { name: 'Close', exact: true })

const backdropOf = async (style: string) => {
  await using product = await pages.open({ style })
  await product.open()
  const dialog = product.page.locator('dialog')
  return await dialog.evaluate((dialog) => getComputedStyle(dialog, '::backdrop').backgroundColor)
}

const heard = ({ page }: Product) => page.evaluate(() => [...heardOf()])

/** Records the events that listeners of the page receive from now on, in the capture and in the bubble phase. */
const listenIn = ({ page }: Product) =>
  page.evaluate(() => {
    const types =
      'pointerdown pointerup mousedown mouseup click touchstart touchend wheel keydown keyup focusin focusout focus blur'
    const heard: string[] = []
    for (const type of types.split(' ')) {
      for (const target of [document, document.body]) {
        for (const capture of [true, false]) {
          target.addEventListener(type, () => heard.push(type), { capture })
        }
      }
      addEventListener(type, ({ target }) => target === window || heard.push(type))
    }
    Object.assign(globalThis, { heardOf: () => heard })
  })

describe('the style sheet of the page', () => {
  const styles = {
    'a library for dialogs': 'body { pointer-events: none; overflow: hidden }',
    'a reset':
      '*, *::before, *::after { all: unset } button, iframe, dialog { display: none } :root { font-size: 40px }',
    'an important reset':
      'body * { display: none !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important; transform: scale(0) !important; clip-path: inset(50%) !important; position: static !important }',
    'its own dialogs':
      'dialog { width: 300px; max-height: 200px; margin: auto; padding: 40px; inset: auto; background: red; opacity: 0; pointer-events: none } dialog[open] { transform: translateY(100vh); animation: none }',
    'its own frames and buttons':
      'iframe { max-width: 100px !important; height: auto !important; pointer-events: none } button { position: static !important; width: 100%; height: 0 !important; font-size: 0 !important; pointer-events: none; outline: none !important }',
    'right to left': ':root { direction: rtl; zoom: 1 }',
    'boxes over everything':
      'dialog::before, dialog::after, *::after { content: "" !important; position: fixed; inset: 0; z-index: 9; background: red }',
  }

  test.each(Object.entries(styles))('of %s changes nothing in the dialog', async (_, style) => {
    await using product = await pages.open({ style })
    const { page } = product
    await product.open()
    const frame = await product.frame()
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
    const element = page.getByTitle('Pipedream Connect', { exact: true })
    expect(await element.boundingBox()).toEqual({ x: 0, y: 0, width, height })
    await frame.getByRole('button', { name: 'Inside' }).click()
    expect(await leaveOf(product).boundingBox()).toEqual({
      x: width - 52,
      y: 12,
      width: 40,
      height: 40,
    })
    await page.keyboard.press('Tab')
    expect(await leaveOf(product).evaluate((button) => button.matches(':focus-visible'))).toBe(true)
    expect(await leaveOf(product).evaluate((button) => getComputedStyle(button).outlineStyle)).toBe(
      'auto',
    )
    await leaveOf(product).click()
    await expect.poll(() => product.told()).toMatchObject({ settled: 1, code: 'ERR_CANCELLED' })
  })

  test('of its own dialogs does not change what is behind this one', async () => {
    expect(await backdropOf('dialog::backdrop { background: red }')).toBe(await backdropOf(''))
  })

  test('may change while a flow is open, and keeps what it was given', async () => {
    await using product = await pages.open()
    const setOverflow = (overflow: string) =>
      product.page.evaluate((overflow) => {
        document.documentElement.style.overflow = overflow
      }, overflow)
    await setOverflow('scroll')
    await product.open()
    expect(await product.traces()).toMatchObject({ overflow: 'hidden' })
    // A library's own lock comes and goes meanwhile.
    await setOverflow('clip')
    expect(await product.traces()).toMatchObject({ overflow: 'hidden' })
    await setOverflow('')
    await product.close()
    expect(await product.traces()).toEqual(NO_TRACES)
  })
})

describe('the page around the dialog', () => {
  test('receives none of its events', async () => {
    await using product = await pages.open()
    const { page } = product
    await listenIn(product)
    await product.open()
    await product.frame()
    await leaveOf(product).focus()
    await page.keyboard.press('a')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await leaveOf(product).hover()
    await page.mouse.wheel(0, 100)
    await page.mouse.down({ button: 'middle' })
    await page.mouse.up({ button: 'middle' })
    expect(await heard(product)).toEqual([])
    await leaveOf(product).click()
    await expect.poll(() => product.told()).toMatchObject({ settled: 1 })
    // The focus came back.
    expect(new Set(await heard(product))).toEqual(new Set(['focus', 'focusin']))
    await page.locator('#opener').click()
    expect(await heard(product)).toContain('click')
  })

  test('can neither hide nor disable it', async () => {
    await using product = await pages.open()
    await product.open()
    const frame = await product.frame()
    await product.page.locator('dialog').evaluate((dialog) => {
      dialog.setAttribute('aria-hidden', 'true')
      dialog.setAttribute('inert', '')
    })
    await frame.getByRole('button', { name: 'Inside' }).click()
    await product.page.getByRole('dialog', { name: 'Pipedream Connect' }).waitFor()
    await leaveOf(product).click()
    await expect.poll(() => product.told()).toMatchObject({ settled: 1, code: 'ERR_CANCELLED' })
  })

  test.each([
    ['removed', (popover: HTMLElement) => popover.remove()],
    ['hidden', (popover: HTMLElement) => popover.hidePopover()],
  ])('ends the flow with the popover that began it, once that is %s', async (_, end) => {
    await using product = await pages.open()
    const { page } = product
    await page.evaluate(() => {
      const popover = Object.assign(document.createElement('div'), { popover: 'auto' })
      document.body.append(popover)
      const opener = document.querySelector('#opener')
      if (opener instanceof HTMLElement) {
        popover.append(opener)
        popover.showPopover()
        opener.focus()
      }
    })
    await product.open()
    await product.frame()
    const popover = page.locator('[popover]')
    expect(await popover.evaluate((element) => element.matches(':popover-open'))).toBe(true)
    await popover.evaluate(end)
    await expect.poll(() => product.told()).toMatchObject({ settled: 1, code: 'ERR_CANCELLED' })
    expect(await product.traces()).toMatchObject({ dialogs: 0, listeners: [], sheets: 0 })
  })
})

/** In the page, `listenIn` made this one. */
declare function heardOf(): string[]

test('the close button works when the browser has translated what it says', async () => {
  await using product = await pages.open()
  await product.open()
  await leaveOf(product).evaluate((button) => {
    const translated = document.createElement('font')
    translated.append(...button.childNodes)
    button.append(translated)
  })
  await leaveOf(product).locator('font').click()
  await expect.poll(() => product.told()).toMatchObject({ code: 'ERR_CANCELLED' })
})
