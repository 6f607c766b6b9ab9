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

// Without a network, Chromium must not wait for its own background requests. As root (in a container), it does not start with
// a sandbox.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Saves a process that only draws, and the copies between it and the browser. Its software renderer for WebGL would change
  // environment variables while other threads read them, which crashes the browser now and then.
  '--in-process-gpu',
  '--disable-software-rasterizer',
  // A new page starts as about:blank. Without a limit, its first address gets a second process, and the first was for
  // nothing. Sites are still isolated from each other.
  '--renderer-process-limit=1',
]

/**
 * Starts a headless Chromium. The caller closes it. Pass `images: false` to load no images, which saves a sixth of the work of a
 * test with many logos.
 */
export async function launchChromium({ images = true } = {}): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  const args = images ? FLAGS : [...FLAGS, '--blink-settings=imagesEnabled=false']
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, args })
}
