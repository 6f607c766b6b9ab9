import { fileURLToPath } from 'node:url'
import { launchChromium } from 'chromium'
import { rolldown } from 'rolldown'

const APP = 'https://app.example.com'
const HOSTED = `<script>
  parent.postMessage({ type: 'success', authProvisionId: 'apn_Ex4mpl' }, '${APP}')
</script>`

/** Runs a module in Chromium, where Pipedream's page connects an account immediately. Rejects if the module throws. */
export async function runInPage(file: string) {
  const script = await bundle(file)
  const hosted: string[] = []
  await using browser = await launchChromium()
  const context = await browser.newContext()
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    if (url.href === `${APP}/example.js`) {
      await route.fulfill({ contentType: 'text/javascript', body: script })
    } else if (url.origin === APP) {
      await route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><button>Connect</button>',
      })
    } else {
      hosted.push(`${url.origin}${url.pathname}`)
      await route.fulfill({ contentType: 'text/html', body: HOSTED })
    }
  })
  const page = await context.newPage()
  await page.goto(APP)
  await page.evaluate("import('/example.js').then(() => undefined)")
  return { hosted, framesLeft: await page.locator('iframe').count() }
}

async function bundle(input: string): Promise<string> {
  const entryPoint = fileURLToPath(new URL('../src/browser.ts', import.meta.url))
  const build = await rolldown({
    input,
    platform: 'browser',
    resolve: { alias: { 'pipedream-client/browser': entryPoint } },
  })
  const { output } = await build.generate({ format: 'esm' })
  await build.close()
  return output[0].code
}
