import { createServer as createNetServer } from 'node:net'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { launchChromium, type Page } from 'chromium'
import { createServer } from 'vite'
import { startStack } from '../e2e/start-stack.ts'
import { connectButton, signIn } from '../e2e/stories.ts'

// Lists the files of the project that run between a click on "Connect" and the request for a connect token:
// `pnpm --filter web measure:click`, after a build. Fails if there are more than the limit.

const LIMIT = 10
const WEB = resolve(import.meta.dirname, '..')

const port = await findFreePort()
const stack = await startStack({ PUBLIC_URL: `http://localhost:${port}`, TRUSTED_DOCUMENTS: 'off' })
const target = `http://localhost:${stack.port}`
// Vite serves each file by itself, so that the coverage names it.
const vite = await createServer({
  root: WEB,
  logLevel: 'error',
  server: {
    port,
    hmr: false,
    proxy: Object.fromEntries(['/graphql', '/auth', '/connect'].map((path) => [path, target])),
  },
})
await vite.listen()
const browser = await launchChromium()
try {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`http://localhost:${port}/accounts`)
  await signIn(page)
  await connectButton(page, 'Google Sheets').waitFor()
  await page.getByText('No accounts yet').waitFor()
  const files = await listFilesOfClick(page)
  for (const file of files) console.log(file)
  console.log(`${files.length} files; the limit is ${LIMIT}.`)
  if (files.length > LIMIT) process.exitCode = 1
} finally {
  await browser.close()
  await vite.close()
  await stack.stop()
}

type Session = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>

async function listFilesOfClick(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Debugger.enable')
  await session.send('Profiler.enable')
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await page.evaluate(() => {
    const getRandomValues = crypto.getRandomValues.bind(crypto)
    crypto.getRandomValues = (bytes) => {
      // The id of a request, which is made with its headers. `fetch` itself is called after React has rendered.
      // oxlint-disable-next-line no-debugger -- Stops the page, so that nothing later is counted.
      if (bytes?.byteLength === 8) debugger
      return getRandomValues(bytes)
    }
  })
  const paused = new Promise((resolve) => session.once('Debugger.paused', resolve))
  // Counts from here on.
  await takeFiles(session)
  const pressed = connectButton(page, 'Google Sheets').evaluate((button) => {
    if (button instanceof HTMLElement) button.click()
  })
  await paused
  const files = await takeFiles(session)
  await session.send('Debugger.disable')
  await pressed
  return files
}

/** The project files with a function that ran since the last call. */
async function takeFiles(session: Session): Promise<string[]> {
  const { result } = await session.send('Profiler.takePreciseCoverage')
  const ran = result.filter(({ functions }) =>
    functions.some(({ ranges }) => ranges.some(({ count }) => count > 0)),
  )
  const paths = ran.map(({ url }) => new URL(url, 'file:').pathname)
  return paths
    .filter((path) => /\/src\/.*\.tsx?$/.test(path) && !path.includes('node_modules'))
    .toSorted()
}

async function findFreePort(): Promise<number> {
  const server = createNetServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  return address.port
}
