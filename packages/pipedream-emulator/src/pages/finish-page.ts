import { html } from 'hono/html'
import { renderPage } from './layout.ts'

/**
 * The pop-up's last page. It notifies the page that opened it, and closes. It stays readable where it cannot close
 * itself.
 */
export function renderFinishPage(heading: string): Promise<Response> {
  return renderPage({
    title: heading,
    script: 'finish.js',
    framedBy: [],
    body: html`<div class="stage window">
      <main class="card">
        <h1>${heading}</h1>
        <p class="lead">You can close this window.</p>
      </main>
    </div>`,
  })
}
