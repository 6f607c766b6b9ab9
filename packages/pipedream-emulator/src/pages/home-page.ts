import { html } from 'hono/html'
import type { Environment } from '../state/store.ts'
import { type Markup, renderPage } from './layout.ts'

interface HomePage {
  appName: string
  clientId: string
  /** Null when it must not be shown. */
  clientSecret: string | null
  projectId: string
  publicUrl: string
  /** The current number of accounts. */
  accounts: Record<Environment, number>
}

/** Renders the emulator's home page. */
export function renderHomePage(page: HomePage): Promise<Response> {
  return renderPage({
    title: 'Pipedream emulator',
    script: 'home.js',
    framedBy: [],
    body: html`<div class="stage">
      <main class="card wide">
        <h1>Pipedream emulator</h1>
        <p class="lead">
          A local stand-in for Pipedream Connect, for development and tests: the API, the connect
          page and simulated providers. It needs no account and no network.
        </p>
        <dl class="facts">${facts(page)}</dl>
        <div class="row">
          <h2>Settings for your program</h2>
          <span role="status" data-status></span>
          <button type="button" data-do="copy" disabled>Copy</button>
        </div>
        <pre class="lines" data-lines>${settings(page)}</pre>
        <p class="small">
          ${
            page.clientSecret === null
              ? ''
              : 'The client ID and secret are the same in every emulator and protect nothing.'
          }
          Its data outlives it only if it was started with a state folder.
        </p>
      </main>
    </div>`,
  })
}

function facts(page: HomePage): Markup {
  return html`<div>
      <dt>Base URL</dt>
      <dd><code>${page.publicUrl}</code></dd>
    </div>
    <div>
      <dt>Client ID</dt>
      <dd><code>${page.clientId}</code></dd>
    </div>
    <div>
      <dt>Client secret</dt>
      <dd>
        ${
          page.clientSecret === null
            ? 'The secret passed at start'
            : html`<code>${page.clientSecret}</code>`
        }
      </dd>
    </div>
    <div>
      <dt>Project ID</dt>
      <dd><code>${page.projectId}</code></dd>
    </div>
    <div>
      <dt>Project name</dt>
      <dd>"${page.appName}" (shown as your product’s name)</dd>
    </div>
    <div>
      <dt>Accounts</dt>
      <dd>${countSentence(page.accounts)}</dd>
    </div>`
}

function countSentence({ development, production }: HomePage['accounts']): string {
  const total = development + production
  if (total === 0) return 'No accounts'
  const places = `${development} in development, ${production} in production`
  return `${total} ${total === 1 ? 'account' : 'accounts'}: ${places}`
}

// The official SDK reads the same names, except for the last.
function settings({ clientId, clientSecret, projectId, publicUrl }: HomePage): string {
  return [
    `PIPEDREAM_CLIENT_ID=${clientId}`,
    `PIPEDREAM_CLIENT_SECRET=${clientSecret ?? ''}`,
    `PIPEDREAM_PROJECT_ID=${projectId}`,
    'PIPEDREAM_PROJECT_ENVIRONMENT=development',
    `PIPEDREAM_BASE_URL=${publicUrl}`,
    `PIPEDREAM_CONNECT_URL=${publicUrl}/_static/connect.html`,
  ].join('\n')
}
