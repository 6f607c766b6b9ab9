/**
 * The script of the hosted connect page. It never decides that something was connected: it asks the server, and then
 * tells the page around it, with the three messages that Pipedream's page sends.
 *
 * @typedef {{ id: string, popup: Window, timer: number }} Attempt
 * @typedef {{ status: 'pending' | 'succeeded' | 'failed', accountId?: string, error?: string }} Outcome
 */

/** Pipedream's own message, as observed, for an unknown failure. */
const FAILED = 'Connection failed. Please retry or contact support.'
const BLOCKED = 'Your browser blocked the pop-up. Allow pop-ups for this page, then try again.'
const CLOSE_AFTER_MS = 3000
const LOOK_EVERY_MS = 300

const found = document.querySelector('#connect')
const stage = found instanceof HTMLElement ? found : document.body
const { token = '', app = '', accountId = '', authType = '', problem = '' } = stage.dataset
const { overrideId = '', oauthAppId = '', scopeProfile = '' } = stage.dataset
const { successUrl = '', errorUrl = '', blockedError = '', popupOrigin = '' } = stage.dataset
const connectLink = stage.dataset.connectLink === 'true'
const addsAccountId = stage.dataset.addsAccountId === 'true'
const framed = window.parent !== window

/** @type {Attempt | null} */
let current = null
let finished = false
let closed = false

if (framed) stage.dataset.framed = ''

// The page does not know which page embeds it, so it cannot name a target origin. The target of Pipedream's page is
// unknown; '*' is inferred. No message contains a secret: an account id is useless without the customer's own
// credentials.
/** @param {{ type: string, authProvisionId?: string, error?: string }} message */
function tell(message) {
  if (framed && !connectLink) window.parent.postMessage(message, '*')
}

/** @param {string} name */
function show(name) {
  for (const view of document.querySelectorAll('[data-view]')) {
    view.toggleAttribute('hidden', view.getAttribute('data-view') !== name)
  }
  const heading = document.querySelector(`[data-view="${name}"] h1`)
  if (heading instanceof HTMLElement) heading.focus()
}

/** @param {string} sentence */
function showProblem(sentence) {
  const line = document.querySelector('[data-sentence]')
  if (line !== null) line.textContent = sentence
  show('problem')
}

/** @param {string} error */
function fail(error) {
  tell({ type: 'error', error })
  if (connectLink && errorUrl !== '') window.location.assign(errorUrl)
  else showProblem(error)
}

/** @param {string} id */
function succeed(id) {
  if (finished) return
  finished = true
  tell({ type: 'success', authProvisionId: id })
  if (connectLink && successUrl !== '') {
    window.location.assign(addsAccountId ? withAccount(successUrl, id) : successUrl)
    return
  }
  show('done')
  if (!connectLink) setTimeout(close, CLOSE_AFTER_MS)
}

/**
 * @param {string} url
 * @param {string} id
 */
function withAccount(url, id) {
  const address = new URL(url)
  address.searchParams.set('account_id', id)
  return address.href
}

function close() {
  if (!closed) tell({ type: 'close' })
  closed = true
}

function cancel() {
  forget()?.popup.close()
  if (connectLink && errorUrl !== '') window.location.assign(errorUrl)
  else if (connectLink || !framed) show('cancelled')
  close()
}

/** Ends the current attempt and returns it. */
function forget() {
  const attempt = current
  current = null
  if (attempt !== null) clearInterval(attempt.timer)
  return attempt
}

function fields() {
  /** @type {Record<string, string>} */
  const values = {}
  for (const input of document.querySelectorAll('[data-credential]')) {
    if (input instanceof HTMLInputElement && input.value !== '') values[input.name] = input.value
  }
  return values
}

function openProvider() {
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)))
  const id = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const query = new URLSearchParams({ token, app, accountId, attempt: id })
  query.set('appOverrideId', overrideId)
  query.set('oauthAppId', oauthAppId)
  query.set('oauthScopeProfile', scopeProfile)
  const client = document.querySelector('[data-client-id]')
  if (client instanceof HTMLInputElement) query.set('customClientId', client.value)
  query.set('fields', JSON.stringify(fields()))
  // Opened within the click, before anything is awaited. Otherwise the browser blocks it as an advertisement.
  const popup = window.open(
    `${popupOrigin}/_static/oauth/start?${query}`,
    `connect-${id}`,
    'popup,width=520,height=740',
  )
  if (popup === null) {
    if (blockedError === '') showProblem(BLOCKED)
    else fail(blockedError)
    return
  }
  const timer = window.setInterval(() => {
    if (popup.closed) void settle(true)
  }, LOOK_EVERY_MS)
  current = { id, popup, timer }
  show('waiting')
}

/**
 * Asks the server for the result of the attempt.
 * @param {boolean} closed whether the window is closed, so that no further result will arrive
 */
async function settle(closed) {
  const attempt = current
  if (attempt === null) return
  if (closed) clearInterval(attempt.timer)
  const outcome = await readOutcome(attempt.id)
  if (current !== attempt) return
  if (outcome.status === 'pending' && !closed) return
  forget()
  if (outcome.status === 'succeeded') succeed(outcome.accountId ?? '')
  else if (outcome.status === 'failed') fail(outcome.error ?? FAILED)
  else showProblem('The other window was closed before you finished. Try again.')
}

/**
 * @param {string} id
 * @returns {Promise<Outcome>}
 */
async function readOutcome(id) {
  try {
    const response = await fetch(`/_static/oauth/attempts/${id}`)
    return await response.json()
  } catch {
    return { status: 'failed', error: FAILED }
  }
}

/** @param {HTMLFormElement} form */
async function sendKeys(form) {
  const nickname = form.querySelector('[data-nickname]')
  const name = nickname instanceof HTMLInputElement ? nickname.value.trim() : ''
  setBusy(form, true)
  try {
    const response = await fetch('/v1/connect/accounts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        app_slug: app,
        cfmap_json: JSON.stringify(fields()),
        connect_token: token,
        ...(name === '' ? {} : { name }),
        ...(accountId === '' ? {} : { account_id: accountId }),
        ...(overrideId === '' ? {} : { app_override_id: overrideId }),
      }),
    })
    const body = await response.json()
    if (response.ok) succeed(body.id)
    else fail(body.error ?? FAILED)
  } catch {
    fail(FAILED)
  } finally {
    setBusy(form, false)
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} busy
 */
function setBusy(form, busy) {
  for (const button of form.querySelectorAll('button')) button.disabled = busy
  const status = document.querySelector('[data-status]')
  if (status === null) return
  status.toggleAttribute('hidden', !busy)
  status.textContent = busy ? 'Checking your details…' : ''
}

document.addEventListener('click', (event) => {
  const action = event.target instanceof Element ? event.target.closest('[data-do]') : null
  const name = action?.getAttribute('data-do')
  if (name === 'cancel') cancel()
  if (name === 'close') close()
  if (name === 'retry') show('start')
  if (name === 'show') current?.popup.focus()
})

document.addEventListener('submit', (event) => {
  event.preventDefault()
  if (!(event.target instanceof HTMLFormElement)) return
  if (authType === 'keys') void sendKeys(event.target)
  else openProvider()
})

document.addEventListener('keydown', (event) => {
  if (
    event.key !== 'Escape' ||
    document.querySelector('[data-do="cancel"], [data-do="close"]') === null
  )
    return
  if (finished || problem !== '') close()
  else cancel()
})

window.addEventListener('message', (event) => {
  const origin = popupOrigin || window.location.origin
  if (event.origin !== origin || event.source !== current?.popup) return
  if (event.data?.type === 'pipedream-emulator:finished') void settle(false)
})

// The listeners are in place, so the controls may be used.
document.querySelector('main')?.removeAttribute('inert')
if (problem === '') {
  const first = document.querySelector('[data-form] input, [data-form] .primary')
  if (first instanceof HTMLElement) first.focus()
} else {
  fail(problem)
}
