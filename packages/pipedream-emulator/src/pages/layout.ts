import { html, raw } from 'hono/html'

/** Markup that is already escaped. */
export type Markup = ReturnType<typeof html>

interface PageParts {
  title: string
  body: Markup
  /** File name of the page's script under /_static/. */
  script?: string
  /** The origins that may frame the page; null: all. Providers allow none. */
  framedBy: readonly string[] | null
  /** Default false. */
  popupsBlocked?: boolean
}

/** Renders a complete page, with headers that allow only the emulator's own files to run. */
export async function renderPage(parts: PageParts): Promise<Response> {
  const page = await html`${raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${parts.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_static/emulator.css" />
        ${
          parts.script === undefined
            ? ''
            : html`<script type="module" src="/_static/${parts.script}"></script>`
        }
      </head>
      <body>
        ${parts.body}
      </body>
    </html>`
  return new Response(page.toString(), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // No Cross-Origin-Opener-Policy: it would separate the pop-up from the page that opened it.
      'content-security-policy': contentPolicy(parts),
      // The URL contains the connect token.
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** Allows everything that the pages do, except pop-ups. */
const NO_POPUPS = 'sandbox allow-forms allow-same-origin allow-scripts'

function contentPolicy({ framedBy, popupsBlocked = false }: PageParts): string {
  const rules = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    ...(popupsBlocked ? [NO_POPUPS] : []),
  ]
  if (framedBy === null) return rules.join('; ')
  const origins = framedBy.filter((origin) => URL.parse(origin)?.origin === origin)
  return [...rules, `frame-ancestors ${origins.join(' ') || "'none'"}`].join('; ')
}
