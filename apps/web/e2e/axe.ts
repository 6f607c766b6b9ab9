import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Frame, Page } from 'chromium'

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

interface Violation {
  id: string
  nodes: { html: string; failureSummary?: string }[]
}

/**
 * Returns axe's violations on the page, as "rule: element: how to mend it". `rules`: the rules to
 * check; default: axe's own.
 */
export async function violations(page: Page | Frame, rules?: readonly string[]): Promise<string[]> {
  // A transition that starts while axe reads the page would show it colours with less contrast.
  await ('page' in page ? page.page() : page).emulateMedia({ reducedMotion: 'reduce' })
  // Through the debugger, which bypasses the page's Content-Security-Policy.
  await page.evaluate(AXE)
  await animationsEnd(page)
  const options = JSON.stringify(rules === undefined ? {} : { runOnly: rules })
  const found: Violation[] = await page.evaluate(
    `axe.run(${options}).then((result) => result.violations)`,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary ?? ''}`),
  )
}

/** Waits for transitions, also for those that start when others end. */
async function animationsEnd(page: Page | Frame): Promise<void> {
  await page.evaluate(async () => {
    for (;;) {
      const ending = document
        .getAnimations()
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
        )
      if (ending.length === 0) return
      await Promise.allSettled(ending.map(async (animation) => animation.finished))
    }
  })
}

/** The same in light and in dark. The scheme only changes colours, so in dark only these are checked. */
export async function violationsInBothSchemes(
  page: Page,
  frame: Page | Frame = page,
): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const inLight = await violations(frame)
  await page.emulateMedia({ colorScheme: 'dark' })
  const inDark = await violations(frame, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  return [...inLight, ...inDark]
}
