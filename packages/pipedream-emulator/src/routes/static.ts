import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { renderLogo } from '../catalogue/catalogue.ts'
import { STYLES } from '../pages/styles.ts'
import { recordNotFound } from '../wire/errors.ts'

const SCRIPT_TYPE = 'text/javascript; charset=utf-8'

/** GET /_static/...: logos, and the files of the hosted pages. */
export function routeStatic(app: Hono): void {
  const files = new Map([
    ['emulator.css', { type: 'text/css; charset=utf-8', text: STYLES }],
    ['connect.js', { type: SCRIPT_TYPE, text: readScript('connect.js') }],
    ['home.js', { type: SCRIPT_TYPE, text: readScript('home.js') }],
    ['finish.js', { type: SCRIPT_TYPE, text: readScript('finish.js') }],
  ])
  for (const [name, { type, text }] of files) {
    app.get(`/_static/${name}`, (c) =>
      c.body(text, 200, {
        'content-type': type,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      }),
    )
  }
  app.get('/_static/logos/:file{[a-z0-9_]+\\.svg}', async (c) => {
    const svg = await renderLogo(c.req.param('file').slice(0, -'.svg'.length))
    if (svg === undefined) throw recordNotFound()
    return c.body(svg, 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=86400',
      // Pages of other origins show the logos, including pages with Cross-Origin-Embedder-Policy.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
  })
}

// The path is correct from this folder and from dist/shared, where the bundle is.
function readScript(name: string): string {
  return readFileSync(new URL(`../pages/${name}`, import.meta.url), 'utf8')
}
