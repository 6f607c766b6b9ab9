import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import { breakAccounts, connectGoogleSheets, notices, signIn } from './stories.ts'

const session = useBrowserSession()

describe.each(['light', 'dark'] as const)('more contrast, %s: every text has 7 to 1', (scheme) => {
  const open = async () => session.openPage({ contrast: 'more', colorScheme: scheme })

  test('on the sign-in page, with an error', async () => {
    const page = await open()
    await page.getByLabel('Name').fill('')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Enter a name')).toAppear()
    expect(await tooFaint(page)).toEqual([])
  })

  test('on the accounts page: empty, with accounts well and dead, and with its dialog open', async () => {
    const page = await open()
    await signIn(page)
    await expect(page.getByRole('button', { name: 'Show more apps' })).toAppear()
    expect(await tooFaint(page)).toEqual([])

    await connectGoogleSheets(page, 'ada@example.com')
    await expect(notices(page).getByText('connected as')).toAppear()
    await expect(page.getByText('Healthy')).toAppear()
    expect(await tooFaint(page)).toEqual([])

    await breakAccounts(page)
    await page.reload()
    await expect(page.getByText('Reconnect needed')).toAppear()
    expect(await tooFaint(page)).toEqual([])

    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    await expect(page.getByRole('alertdialog')).toAppear()
    expect(await tooFaint(page)).toEqual([])
  })
})

describe.each(['light', 'dark'] as const)('forced colours, %s', (colorScheme) => {
  const open = async () => session.openPage({ forcedColors: 'active', colorScheme })

  test('the focus can be seen wherever Tab leads on the sign-in page', async () => {
    const page = await open()
    await expect(page.getByRole('button', { name: 'Sign in' })).toAppear()
    expect(await unseenStops(page, 4)).toEqual([])
  })

  test('the focus can be seen wherever Tab leads on the accounts page', async () => {
    const page = await open()
    await signIn(page)
    await expect(page.getByRole('button', { name: 'Show more apps' })).toAppear()
    await page.getByRole('link', { name: 'Accounts' }).focus()
    expect(await unseenStops(page, 11)).toEqual([])
  })

  test('badges, buttons and the current page stand out without their backgrounds', async () => {
    const page = await open()
    await signIn(page)
    await connectGoogleSheets(page, 'ada@example.com')
    const badge = page.getByText('Healthy').locator('..')
    expect(await badge.evaluate(hasLine)).toBe(true)
    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    const disconnect = page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' })
    expect(await disconnect.evaluate(hasLine)).toBe(true)
    const grounds = await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => getComputedStyle(link).backgroundColor))
    expect(new Set(grounds).size).toBe(2)
  })
})

async function tooFaint(page: Page): Promise<string[]> {
  return violations(page, ['color-contrast-enhanced'])
}

/** Presses Tab repeatedly. Returns the elements that look the same with and without the focus. */
async function unseenStops(page: Page, stops: number): Promise<string[]> {
  const unseen: string[] = []
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluateHandle(() => document.activeElement as HTMLElement)
    const clip = await focused.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x: x - 6, y: y - 6, width: width + 12, height: height + 12 }
    })
    const seen = await page.screenshot({ clip })
    await focused.evaluate((element) => element.blur())
    if (seen.equals(await page.screenshot({ clip }))) {
      unseen.push(await focused.evaluate((element) => element.outerHTML))
    }
    await focused.evaluate((element) => element.focus())
  }
  return unseen
}

/** Whether an element has a visible outline or border. */
function hasLine(element: Element): boolean {
  const { borderTopWidth, borderTopColor, outlineStyle, outlineColor } = getComputedStyle(element)
  const lines = [
    ...(borderTopWidth === '0px' ? [] : [borderTopColor]),
    ...(outlineStyle === 'none' ? [] : [outlineColor]),
  ]
  return lines.some((colour) => !/^rgba\(.*, 0\)$/.test(colour))
}
