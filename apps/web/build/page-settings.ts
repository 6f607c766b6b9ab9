import { join } from 'node:path'
import { readEnvFile } from 'pipedream-client/node'
import type { Plugin } from 'vite'

// Settings that the gateway writes into the built page.
const SETTINGS = { TEST_USER_ID: 'test-user-id', QUICK_APPS: 'quick-apps' }

/**
 * Writes settings into the page of the development server, as the gateway does with the built page. They come from
 * `.env.local` in `folder` or from the environment, which wins. Blank settings keep the page's defaults.
 */
export function pageSettings(folder: string): Plugin {
  return {
    name: 'page-settings',
    apply: 'serve',
    async transformIndexHtml(html) {
      const file = await readEnvFile(join(folder, '.env.local'))
      const given: Record<string, string | undefined> = { ...file?.variables, ...process.env }
      return Object.entries(SETTINGS).reduce(
        (page, [name, tag]) => withSetting(page, tag, given[name]?.trim() ?? ''),
        withSetting(html, 'sign-in', signInWith(given)),
      )
    },
  }
}

// With a deployment's settings, the gateway refuses what the page then offers.
function signInWith(given: Record<string, string | undefined>): string {
  if (!given.PIPEDREAM_CLIENT_ID?.trim()) return 'open'
  return given.DEMO_SIGN_IN?.trim() === 'on' ? 'coded' : 'unset'
}

function withSetting(page: string, name: string, value: string): string {
  if (value === '') return page
  const safe = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const tag = new RegExp(`(<meta name="${name}" content=")[^"]*`)
  return page.replace(tag, (_match, before: string) => before + safe)
}
