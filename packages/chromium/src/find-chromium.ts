import { existsSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import { unpackBundled } from './unpack-bundled.ts'

// The version is part of the path, so that an upgrade of the package unpacks again.
const BUNDLED = join(
  import.meta.dirname,
  `../dist/chromium-${manifest.devDependencies['@sparticuz/chromium']}`,
)

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A browser binary, and the environment variables that it needs. */
export interface ChromiumBinary {
  executablePath: string
  env: Record<string, string>
}

/**
 * Returns `CHROMIUM_PATH`, an installed Chromium or Chrome, or the binary in the `@sparticuz/chromium` package, unpacked once
 * (Linux x64 only).
 */
export async function findChromium(): Promise<ChromiumBinary> {
  const executablePath = process.env.CHROMIUM_PATH ?? INSTALLED.find((path) => existsSync(path))
  return executablePath === undefined ? bundledChromium() : { executablePath, env: {} }
}

async function bundledChromium(): Promise<ChromiumBinary> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chromium found. Install Chrome or Chromium, or set CHROMIUM_PATH to its binary.',
    )
  }
  const folder = await unpackBundled(BUNDLED)
  const libraries = join(folder, 'al2023', 'lib')
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? join(folder, 'fonts'),
    },
  }
}
