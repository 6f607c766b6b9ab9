import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

export type {
  Browser,
  BrowserContext,
  Frame,
  FrameLocator,
  Locator,
  Page,
  Route,
} from 'playwright-core'

// A closed network must not make Chromium wait for its own background look-ups,
// and as root (in a container) it refuses to start with a sandbox.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * Starts a headless Chromium, the one that `findChromium` finds. The caller closes it. Without `images` it loads none, which
 * saves a sixth of the work that a test of a page with many logos takes.
 */
export async function launchChromium({ images = true } = {}): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  const args = images ? FLAGS : [...FLAGS, '--blink-settings=imagesEnabled=false']
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, args })
}
