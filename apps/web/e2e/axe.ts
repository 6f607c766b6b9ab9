import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Frame, Page } from 'chromium'

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

interface Violation {
  id: string
  nodes: { html: string }[]
}

/**
 * What axe objects to on the page as it is, as "rule: element". `rules`: those that it shall look at; default: all that
 * it looks at by itself.
 */
export async function violations(page: Page | Frame, rules?: readonly string[]): Promise<string[]> {
  // Through the debugger, which the page's Content-Security-Policy does not concern.
  await page.evaluate(AXE)
  const options = JSON.stringify(rules === undefined ? {} : { runOnly: rules })
  const found: Violation[] = await page.evaluate(
    `axe.run(${options}).then((result) => result.violations)`,
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
