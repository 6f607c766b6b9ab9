import { html } from 'hono/html'
import type { CatalogueApp } from '../catalogue/catalogue.ts'
import { type Markup, renderPage } from './layout.ts'

/** The accounts that exist at every fake provider. */
export const PROVIDER_ACCOUNTS = ['ada@example.com', 'grace@example.com']

interface ConsentPage {
  app: CatalogueApp
  appName: string
  state: string
  /** The requested scopes. The user may leave some out. */
  scopes: readonly string[]
  /** The account to reconnect, which is offered first. */
  accountName: string | null
}

/** The provider's page in the pop-up: which account to use, and whether to allow access. */
export function renderConsentPage(page: ConsentPage): Promise<Response> {
  const { app } = page
  return renderPage({
    title: `Sign in to ${app.name}`,
    framedBy: [],
    body: html`<div class="stage window">
      <main class="card">
        <svg class="stripe" aria-hidden="true">
          <rect width="100%" height="100%" fill="${app.color}" />
        </svg>
        <div class="marks">
          <img class="logo" src="/_static/logos/${app.slug}.svg" alt="" width="64" height="64" />
        </div>
        <h1>Sign in to ${app.name}</h1>
        <p class="lead">
          <strong>${page.appName}</strong> wants access to your ${app.name} account.
        </p>
        <form method="post" action="/_provider/${app.slug}/authorize" autocomplete="off">
          <input type="hidden" name="state" value="${page.state}" />
          ${FOR_ENTER} ${accountChoices(page)} ${scopeList(page)}
          <div class="actions">
            <button name="decision" value="deny">Deny</button>
            <button class="primary" name="decision" value="allow">Allow</button>
          </div>
          <button class="quiet" name="decision" value="fail">Simulate a provider error</button>
        </form>
        <p class="small">
          A simulated ${app.name}: it asks for no password and uses no real account. ${page.appName}
          is the name of the Pipedream emulator’s project.
        </p>
      </main>
    </div>`,
  })
}

// Enter activates the first button of a form, which would be "Deny".
const FOR_ENTER = html`<button name="decision" value="allow" hidden></button>`

function accountChoices({ accountName }: ConsentPage): Markup {
  const names = [...new Set([...(accountName === null ? [] : [accountName]), ...PROVIDER_ACCOUNTS])]
  return html`<fieldset>
      <legend>Choose an account</legend>
      <div class="choices">
        ${names.map(
          (name, index) =>
            html`<label class="choice"
              ><input type="radio" name="account" value="${name}" ${index === 0 ? 'checked' : ''} />
              ${name}</label
            >`,
        )}
      </div>
    </fieldset>
    <div class="field">
      <label for="other">Use another account</label>
      <input id="other" name="other" type="text" placeholder="name@example.com" maxlength="200" />
    </div>`
}

function scopeList({ scopes, appName }: ConsentPage): Markup {
  if (scopes.length === 0) return html``
  return html`<fieldset class="scopes">
    <legend>${appName} will be able to access</legend>
    <input type="hidden" name="chosen" value="scopes" />
    ${scopes.map(
      (scope) =>
        html`<label class="scope"
          ><input type="checkbox" name="scope" value="${scope}" checked />
          <span>${scope}</span></label
        >`,
    )}
  </fieldset>`
}
