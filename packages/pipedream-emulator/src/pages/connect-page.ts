import { html } from 'hono/html'
import type { CatalogueApp, CustomField } from '../catalogue/catalogue.ts'
import type { AppOverride, ConnectToken, StoredAccount } from '../state/store.ts'
import { type Markup, renderPage } from './layout.ts'

/** The content of the page: something to connect, or the reason why not. */
export interface ConnectPage {
  appName: string
  connectLink: boolean
  hideClose: boolean
  /** The origins that may frame the page; null: all. */
  framedBy: readonly string[] | null
  /** The other origin where its pop-ups open; empty for its own. */
  popupOrigin: string
  /** Whether the return address of a Connect Link receives the account's id. */
  addsAccountId: boolean
  /**
   * Set when pop-ups are blocked: the error to report to the embedding page, or an empty string for none. Null: pop-ups
   * may open.
   */
  blockedPopup: { error: string } | null
  connection: Connection | { error: string }
}

interface Connection {
  connectToken: ConnectToken
  app: CatalogueApp
  existing: StoredAccount | null
  override: AppOverride | null
  oauthAppId: string | null
  /** The app's scope profile to request; empty for none. */
  scopeProfile: string
  /** Whether the user provides an OAuth client. */
  customOauthClient: boolean
}

/** /_static/connect.html: in a frame of the customer's page, or on its own as a Connect Link. */
export function renderConnectPage(page: ConnectPage): Promise<Response> {
  const { connection } = page
  const name = 'app' in connection ? connection.app.name : 'your account'
  return renderPage({
    title: `Connect ${name}`,
    script: 'connect.js',
    framedBy: page.framedBy,
    popupsBlocked: page.blockedPopup !== null,
    // Inert until the script has loaded. Without the script, a form would be submitted to the page's own address.
    body: html`<div class="stage" id="connect" ${dataAttributes(page)}>
      <main class="card" inert>
        ${'app' in connection ? startView(page.appName, connection, page) : ''} ${waitingView(page)}
        ${doneView(name, page)} ${problemView(page)} ${cancelledView()}
        <p class="small">
          ${page.appName} is the name of the Pipedream emulator’s project. Nothing leaves this
          computer.
        </p>
      </main>
    </div>`,
  })
}

function dataAttributes(page: ConnectPage): Markup {
  const { connection } = page
  const link = html`data-connect-link="${String(page.connectLink)}"
  data-popup-origin="${page.popupOrigin}" data-adds-account-id="${String(page.addsAccountId)}"
  data-blocked-error="${page.blockedPopup?.error ?? ''}"`
  if ('error' in connection) return html`${link} data-problem="${connection.error}"`
  const { connectToken, app, existing, override, oauthAppId, scopeProfile } = connection
  return html`${link} data-token="${connectToken.token}" data-app="${app.slug}"
  data-auth-type="${app.authType}" data-account-id="${existing?.id ?? ''}"
  data-override-id="${override?.id ?? ''}" data-oauth-app-id="${oauthAppId ?? ''}"
  data-scope-profile="${scopeProfile}" data-success-url="${connectToken.successRedirectUri ?? ''}"
  data-error-url="${connectToken.errorRedirectUri ?? ''}"`
}

function startView(appName: string, connection: Connection, page: ConnectPage): Markup {
  const { app, existing, override } = connection
  const keys = app.authType === 'keys'
  return html`<section data-view="start">
    <div class="marks">
      <img class="logo" src="/_static/logos/${app.slug}.svg" alt="" width="64" height="64" />
    </div>
    <h1 tabindex="-1">${existing === null ? 'Connect' : 'Reconnect'} ${app.name}</h1>
    <p class="lead">
      <strong>${appName}</strong> wants to ${existing === null ? 'connect' : 'reconnect'} your
      ${app.name} account${existing?.name == null ? '' : html` <strong>${existing.name}</strong>`}.
      ${keys ? '' : `You’ll sign in to ${app.name} in a new window.`}
    </p>
    <form data-form autocomplete="off">
      ${app.customFields
        .filter(({ name }) => !Object.hasOwn(override?.cfmap ?? {}, name))
        .map((field) => fieldInput(field))}
      ${keys && existing === null ? nicknameInput() : ''}
      ${!keys && connection.customOauthClient ? clientInputs(app.name) : ''}
      <div class="actions">
        <button type="button" data-do="cancel">Cancel</button>
        <button class="primary">${keys ? 'Connect' : 'Continue'}</button>
      </div>
    </form>
    <p role="status" data-status class="small" hidden></p>
    ${connection.connectToken.environment === 'development' ? DEVELOPMENT_NOTICE : ''}
    ${closeButton(page)}
  </section>`
}

function fieldInput(field: CustomField): Markup {
  const id = `field-${field.name}`
  const optional = field.optional === true
  const hint = field.description === null ? '' : `${id}-hint`
  return html`<div class="field">
    <label for="${id}"
      >${field.label}${optional ? html` <span class="optional">(optional)</span>` : ''}</label
    >
    <input
      id="${id}"
      name="${field.name}"
      type="${field.type === 'password' ? 'password' : 'text'}"
      value="${field.default ?? ''}"
      ${optional ? '' : 'required'}
      ${hint === '' ? '' : html`aria-describedby="${hint}"`}
      autocomplete="off"
      spellcheck="false"
      data-credential
    />
    ${hint === '' ? '' : html`<p class="hint" id="${hint}">${field.description}</p>`}
  </div>`
}

// The fake providers require no secret, so it is only checked for presence and sent nowhere.
function clientInputs(name: string): Markup {
  return html`<div class="field">
      <label for="client-id">Client ID</label>
      <input
        id="client-id"
        type="text"
        required
        autocomplete="off"
        spellcheck="false"
        data-client-id
        aria-describedby="client-hint"
      />
      <p class="hint" id="client-hint">From an OAuth client that you created at ${name}.</p>
    </div>
    <div class="field">
      <label for="client-secret">Client Secret</label>
      <input id="client-secret" type="password" required autocomplete="off" />
    </div>`
}

function nicknameInput(): Markup {
  return html`<div class="field">
    <label for="nickname">Nickname <span class="optional">(optional)</span></label>
    <input
      id="nickname"
      type="text"
      autocomplete="off"
      data-nickname
      aria-describedby="nickname-hint"
    />
    <p class="hint" id="nickname-hint">Helps you tell accounts apart.</p>
  </div>`
}

function waitingView(page: ConnectPage): Markup {
  return html`<section data-view="waiting" hidden>
    <div class="badge wait"><span class="spinner"></span></div>
    <h1 tabindex="-1">Finish in the other window</h1>
    <p class="lead">Sign in and allow access there. This page updates automatically.</p>
    <div class="actions">
      <button type="button" data-do="cancel">Cancel</button>
      <button type="button" data-do="show">Show window</button>
    </div>
    ${closeButton(page)}
  </section>`
}

function doneView(name: string, { connectLink }: ConnectPage): Markup {
  return html`<section data-view="done" hidden>
    <div class="badge good">${CHECK}</div>
    <h1 tabindex="-1">${name} is connected</h1>
    ${
      connectLink
        ? html`<p class="lead">You can close this window.</p>`
        : html`<p class="lead">You can continue where you left off.</p>
            <div class="actions">
              <button type="button" class="primary" data-do="close">Close</button>
            </div>`
    }
  </section>`
}

function problemView({ connection, connectLink }: ConnectPage): Markup {
  const error = 'error' in connection ? connection.error : ''
  const close = connectLink ? '' : html`<button type="button" data-do="close">Close</button>`
  const cancel = connectLink ? html`<button type="button" data-do="cancel">Cancel</button>` : ''
  return html`<section data-view="problem" ${error === '' ? 'hidden' : ''}>
    <div class="badge bad">${CROSS}</div>
    <h1 tabindex="-1">Something went wrong</h1>
    <p class="lead" role="alert" data-sentence>${error}</p>
    <div class="actions">
      ${close}
      ${
        error === ''
          ? html`${cancel}<button type="button" class="primary" data-do="retry">Try again</button>`
          : ''
      }
    </div>
  </section>`
}

// Documented: `hideClose` hides the X of the frame. Inferred: it hides no other button.
function closeButton({ connectLink, hideClose }: ConnectPage): Markup | '' {
  if (connectLink || hideClose) return ''
  return html`<button type="button" class="corner" data-do="cancel" aria-label="Close this page">
    ×
  </button>`
}

function cancelledView(): Markup {
  return html`<section data-view="cancelled" hidden>
    <h1 tabindex="-1">Nothing was connected</h1>
    <p class="lead">You can close this window.</p>
  </section>`
}

// Pipedream documents that its own page rejects users who are not signed in. See the fault `signed-out`.
const DEVELOPMENT_NOTICE = html`<p class="notice" role="note">
  This is the development environment. Pipedream’s own page would also require you to sign in to
  pipedream.com.
</p>`
const CHECK = html`<svg
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="3"
  aria-hidden="true"
>
  <path d="m5 13 4.5 4.5L19 7.5" stroke-linecap="round" stroke-linejoin="round" />
</svg>`
const CROSS = html`<svg
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="3"
  aria-hidden="true"
>
  <path d="M12 6v7.5M12 18v.01" stroke-linecap="round" />
</svg>`
