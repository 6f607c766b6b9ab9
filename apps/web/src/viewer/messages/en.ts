export const messages = {
  title: 'Sign in',
  wasSignedOut: 'You’ve been signed out. Sign in to continue.',
  purpose: 'Connect the apps you use, check their status, and disconnect them at any time.',
  name: 'Name',
  noName: 'Enter a name.',
  asOperator: 'Sign in as an operator',
  asOperatorWhy: 'See all connection attempts and use the operator API',
  submit: 'Sign in',
  demo: 'Demo sign-in: use any name. Each name gets its own accounts.',
  code: 'Start code',
  codeWhy: 'The gateway prints it in its terminal, next to a link that fills it in.',
  coded: 'Demo sign-in: use any name. Each name gets its own accounts in the Pipedream project.',
  unset:
    'No one can sign in yet. If only you use this gateway, on this computer, set DEMO_SIGN_IN=on in .env.local and restart it. If others reach it, set up their sign-in with AUTH_JWKS_URL.',
  off: 'You can’t sign in on this page. Sign in to the product that sent you here.',
}
