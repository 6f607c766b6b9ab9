import type { Page } from 'chromium'

/**
 * Translates the app's page as Chrome does, from the start and after every change: it replaces every text node by two nested
 * `<font>` elements with the translation. Here the translation is the same text in «».
 */
export async function translate(page: Page, appUrl: string): Promise<void> {
  await page.addInitScript((origin) => {
    // Not the hosted page, nor the provider's.
    if (location.origin !== origin) return
    const observer = new MutationObserver(() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
      const texts: Node[] = []
      while (walker.nextNode()) texts.push(walker.currentNode)
      for (const text of texts) {
        const words = text.nodeValue ?? ''
        const parent = text.parentElement
        if (words.trim() === '' || parent?.closest('font, script, style, title')) continue
        const inner = document.createElement('font')
        inner.textContent = `«${words}»`
        const outer = document.createElement('font')
        outer.append(inner)
        parent?.replaceChild(outer, text)
      }
    })
    observer.observe(document, { childList: true, characterData: true, subtree: true })
  }, new URL(appUrl).origin)
}

/** The part of React's internal tree that is read here. */
interface Fiber {
  tag: number
  memoizedProps: string | { children?: unknown } | null
  stateNode: Node | { current: Fiber } | null
  child: Fiber | null
  sibling: Fiber | null
}

/**
 * Returns what is wrong on a translated page. It reads React's internal tree: React may hold no text node, and every element
 * with text must show that text, translated.
 */
export async function untranslatable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const HOST_ELEMENT = 5
    const HOST_TEXT = 6
    const root = document.querySelector('#root') ?? document
    const key = Object.keys(root).find((name) => name.startsWith('__reactContainer$')) ?? ''
    const top: Fiber | undefined = Reflect.get(root, key)
    const wrong: string[] = []
    let elements = 0
    const look = ({ tag, stateNode, memoizedProps: props }: Fiber) => {
      if (tag === HOST_TEXT && typeof props === 'string') wrong.push(`bare: ${props}`)
      if (tag !== HOST_ELEMENT || !(stateNode instanceof Element)) return
      elements += 1
      const children = typeof props === 'string' ? props : props?.children
      if (typeof children !== 'string' && typeof children !== 'number') return
      const words = String(children)
      const shown = words.trim() === '' ? words : `«${words}»`
      if (stateNode.textContent !== shown) wrong.push(`${words} shows as ${stateNode.textContent}`)
    }
    const visit = (fiber: Fiber | null) => {
      for (let at = fiber; at !== null; at = at.sibling) {
        look(at)
        visit(at.child)
      }
    }
    if (top?.stateNode && 'current' in top.stateNode) visit(top.stateNode.current.child)
    return elements > 0 ? wrong : ['React keeps what it shows in another way now.']
  })
}
