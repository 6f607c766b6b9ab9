import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { loadavg } from 'node:os'
import { promisify } from 'node:util'
import { type Browser, launchChromium } from 'chromium'
import { findChromium } from '../../../packages/chromium/src/find-chromium.ts'
import { startStack } from '../e2e/start-stack.ts'
import { measureTyping } from './measure-typing.ts'

// Measures how fast the built page loads for a signed-in user: `pnpm --filter web measure`, after a build, on an idle
// machine. It is no test, because the results depend on the machine.

// Not a dependency, because only this script needs its two hundred packages.
const LIGHTHOUSE = 'lighthouse@13.5.0'
const RUNS = 5

const FIGURES = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
]

/** The part of Lighthouse's report that is read here. */
interface Report {
  categories: Record<string, { score: number | null }>
  audits: Record<
    string,
    { score: number | null; scoreDisplayMode: string; title: string; displayValue?: string }
  >
}

const stack = await startStack()
const browser = await launchChromium()
try {
  console.log(`load of the machine: ${loadavg()[0]?.toFixed(2)}`)
  const cookie = await signIn(browser, stack.appUrl)
  for (const preset of ['desktop', 'mobile'] as const) {
    for (let run = 0; run < RUNS; run += 1) {
      printReport(preset, await runLighthouse({ url: `${stack.appUrl}/accounts`, preset, cookie }))
    }
  }
  for (const slowdown of [1, 4]) {
    for (const pages of [1, 20]) {
      const inp = await measureTyping(browser, { appUrl: stack.appUrl, slowdown, pages })
      console.log(`typing, ${slowdown} times slower, ${pages} pages of apps shown: INP ${inp} ms`)
    }
  }
} finally {
  await browser.close()
  await stack.stop()
}

/** Signs a new user in. Returns the cookie. */
async function signIn(browser: Browser, appUrl: string): Promise<string> {
  const context = await browser.newContext()
  const externalUserId = `user-${randomUUID()}`
  await context.request.post(`${appUrl}/auth/demo`, { data: { externalUserId } })
  const cookies = await context.cookies()
  await context.close()
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

interface LighthouseRun {
  url: string
  preset: 'desktop' | 'mobile'
  cookie: string
}

async function runLighthouse({ url, preset, cookie }: LighthouseRun): Promise<Report> {
  const { executablePath, env } = await findChromium()
  const options = [
    '--output=json',
    '--quiet',
    // It would wait for the event stream, which never ends.
    '--max-wait-for-load=15000',
    '--only-categories=performance,accessibility,best-practices,seo',
    '--chrome-flags=--headless --no-sandbox --disable-gpu',
    `--extra-headers=${JSON.stringify({ cookie })}`,
    // Its default is mobile.
    ...(preset === 'desktop' ? ['--preset=desktop'] : []),
  ]
  const { stdout } = await promisify(execFile)('npx', ['-y', LIGHTHOUSE, url, ...options], {
    env: { ...process.env, ...env, CHROME_PATH: executablePath },
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout)
}

function printReport(preset: string, { categories, audits }: Report): void {
  const scores = Object.entries(categories).map(
    ([name, { score }]) => `${name} ${Math.round(100 * (score ?? 0))}`,
  )
  const figures = FIGURES.map((name) => `${name} ${audits[name]?.displayValue ?? '?'}`)
  console.log(`${preset}: ${[...scores, ...figures].join(', ')}`)
  for (const { score, scoreDisplayMode, title, displayValue = '' } of Object.values(audits)) {
    const counts = scoreDisplayMode === 'binary' || scoreDisplayMode === 'metricSavings'
    if (counts && score !== null && score < 1) console.log(`  not met: ${title} ${displayValue}`)
  }
}
