import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Frame, Page } from 'chromium'

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

interface Violation {
  id: string
  nodes: { html: string }[]
}

/**
 * Returns axe's violations on the page, as "rule: element". `rules`: the rules to check; default: axe's own.
 */
export async function violations(page: Page | Frame, rules?: readonly string[]): Promise<string[]> {
  // Through the debugger, which bypasses the page's Content-Security-Policy.
  await page.evaluate(AXE)
  const options = JSON.stringify(rules === undefined ? {} : { runOnly: rules })
  const found: Violation[] = await page.evaluate(
    `axe.run(${options}).then((result) => result.violations)`,
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
