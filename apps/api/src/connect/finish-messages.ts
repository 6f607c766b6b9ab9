import { createHash } from 'node:crypto'
import type { Reply } from '../http/reply.ts'

export const UNKNOWN = {
  title: 'Connection not found',
  text: 'This connection attempt doesn’t exist. Go to your accounts and start again from “Connect”.',
}
export const LATER = {
  title: 'Please wait a moment',
  text: 'We can’t confirm your connection right now. Reload this page in a minute.',
}
export const FINISHED = { title: 'All done', text: 'You can close this page.' }
export const GO_BACK = {
  title: 'Go back to finish',
  text: 'Go back to the app or page where you started this connection. It finishes the connection.',
}
export const OVER = {
  title: 'This link has expired',
  text: 'This connection is over. Go back to the app or page where you started it, and start again.',
}
export const NOT_CONNECTED = {
  title: 'Nothing was connected',
  text: 'You can close this page and try again.',
}
export const EXPIRED = {
  title: 'This link has expired',
  text: 'This connection was started in another browser or app, or by another user, and it’s over. To connect an account, start from “Connect” in this browser.',
}
export const STARTED_ELSEWHERE = {
  title: 'You didn’t start this connection here',
  text: 'It was started in another browser or app, or by another user. To protect your account, cancel it. If someone sent you a link, don’t use it again.',
  action: 'Cancel this connection',
}

export const CANCELED = {
  title: 'Connection canceled',
  text: 'It was started in another browser or app, or by another user. What you just connected can’t be used here. If someone sent you a link, don’t use it again, and remove the access in the settings of the app that you signed in to. If you started it yourself, start again from “Connect” in this browser.',
}

interface FinishMessage {
  title: string
  text: string
  /** Label of the button that posts to this address. The page presses it itself. */
  action?: string
  /** Shown for the user to quote to support; left out when nothing went wrong. */
  supportCode?: string
  /** Path of the user's accounts page. */
  accountsPath: string
}

const SUBMIT = 'document.forms[0].submit()'
const SUBMIT_HASH = createHash('sha256').update(SUBMIT).digest('base64')

const HEADERS = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }

const HEADERS_OF_FORM = {
  ...HEADERS,
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${SUBMIT_HASH}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // With `no-referrer`, browsers would send the form with `Origin: null`. This policy sends the origin, and never the path.
  'referrer-policy': 'strict-origin',
}

/** A page with a heading and one paragraph, for a user whom Pipedream redirected here. */
export function renderPage(status: number, message: FinishMessage): Reply {
  const { title, text, action, supportCode, accountsPath } = message
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem }</style>
<main>
<h1>${title}</h1>
<p>${text}</p>${action === undefined ? '' : formWith(action)}${supportCode === undefined ? '' : `\n<p>Support code: ${supportCode}</p>`}
<p><a href="${accountsPath}">Your accounts</a></p>
</main>
</html>
`
  const headers = action === undefined ? HEADERS : HEADERS_OF_FORM
  return { status, headers: { ...headers }, body: page }
}

// Without `action`, the form posts to the page's own address.
function formWith(label: string): string {
  return `\n<form method="post"><button>${label}</button></form>\n<script>${SUBMIT}</script>`
}
