// @vitest-environment happy-dom
import { act, cleanup } from '@testing-library/react'
import { array, assert, asyncProperty, constantFrom } from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { renderPage } from '../../test/render-page.tsx'
import { useNotices } from './notices.ts'
// Loaded before the tests, as on a page that has already shown a notice.
import './Toasts.tsx'

// No transition ever ends, as on a machine that is too busy to draw.
beforeEach(() => {
  const endless = { finished: new Promise(() => undefined), pending: false, playState: 'running' }
  Object.assign(Element.prototype, { getAnimations: () => [endless] })
})
afterEach(() => Reflect.deleteProperty(Element.prototype, 'getAnimations'))

const isUsable = (element: Element) => element.closest('[hidden], [inert]') === null

const press = async (found: HTMLElement[]) =>
  act(async () => found.filter(isUsable).forEach((button) => button.click()))

/** Renders a page that shows notices. Returns what tests do to it, and what they read. */
function openPage() {
  let notices: ReturnType<typeof useNotices> | undefined
  function Page() {
    notices = useNotices()
    return null
  }
  const page = renderPage(<Page />, {})
  const retried: string[] = []
  return {
    retried,
    sentences: () =>
      page
        .queryAllByText(/^Notice \d+$/)
        .filter(isUsable)
        .map(({ textContent }) => textContent),
    notify: async (text: string) =>
      act(async () => notices?.notify({ kind: 'error', text, onRetry: () => retried.push(text) })),
    dismiss: async () => act(async () => notices?.dismiss()),
    pressClose: async () => press(page.queryAllByLabelText('Dismiss')),
    pressRetry: async () => press(page.queryAllByText('Try again')),
  }
}

test('a notice that has been overtaken is gone before its transition ends', async () => {
  const page = openPage()
  await page.notify('Notice 1')
  await page.notify('Notice 2')
  expect(page.sentences()).toEqual(['Notice 2'])
  await page.pressRetry()
  expect(page.retried).toEqual(['Notice 2'])
})

test('a notice on its way out cannot be pressed', async () => {
  const page = openPage()
  await page.notify('Notice 1')
  await page.dismiss()
  await page.pressRetry()
  expect(page.retried).toEqual([])
})

test('whatever happens, the page offers the newest notice or none', async () => {
  const deeds = constantFrom('notify', 'dismiss', 'pressClose', 'pressRetry')
  await assert(
    asyncProperty(array(deeds, { maxLength: 12 }), async (sequence) => {
      cleanup()
      const page = openPage()
      const retried: string[] = []
      let shown: string[] = []
      for (const [index, deed] of sequence.entries()) {
        if (deed === 'pressRetry') retried.push(...shown)
        else shown = deed === 'notify' ? [`Notice ${index}`] : []
        await page[deed](`Notice ${index}`)
        expect([page.sentences(), page.retried]).toEqual([shown, retried])
      }
    }),
    { numRuns: 30 },
  )
})
