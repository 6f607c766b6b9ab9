import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { launchChromium, type Page } from 'chromium'
import { startStack } from './start-stack.ts'
import { allow, connectButton, connectFrame, signIn } from './stories.ts'

// Writes the pictures of the README: `pnpm --filter web screenshots`, after a build.
const FOLDER = resolve(import.meta.dirname, '../../../docs/images')

const stack = await startStack()
const browser = await launchChromium()
try {
  await mkdir(FOLDER, { recursive: true })
  const page = await browser.newPage({
    viewport: { width: 1120, height: 640 },
    reducedMotion: 'reduce',
  })
  await page.goto(`${stack.appUrl}/accounts`)
  await signIn(page, 'demo-user')
  await connectButton(page, 'Google Sheets').waitFor()
  // The logos that can be seen; the others load when they come near.
  await page.evaluate(
    `Promise.all(Array.from(document.images)
      .filter((logo) => logo.getBoundingClientRect().top < innerHeight)
      .map((logo) => logo.decode()))`,
  )
  await takePicture(page, 'accounts-before')
  await connectButton(page, 'Google Sheets').click()
  await connectFrame(page).getByRole('button', { name: 'Continue' }).waitFor()
  await takePicture(page, 'connecting')
  await allow(page, 'ada@example.com')
  await page.getByText('Healthy').waitFor()
  await takePicture(page, 'accounts-after')
} finally {
  await browser.close()
  await stack.stop()
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
}
