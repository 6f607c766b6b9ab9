import type { SignInMessages } from '../sign-in-messages.ts'

export const messages: SignInMessages = {
  title: 'Anmelden',
  wasSignedOut: 'Sie wurden abgemeldet. Melden Sie sich an, um fortzufahren.',
  purpose:
    'Verbinden Sie die Apps, die Sie nutzen, prüfen Sie ihren Status und trennen Sie sie jederzeit.',
  name: 'Name',
  noName: 'Geben Sie einen Namen ein.',
  asOperator: 'Als Betreiber anmelden',
  asOperatorWhy: 'Alle Verbindungsversuche sehen und die Betreiber-API nutzen',
  submit: 'Anmelden',
  demo: 'Demo-Anmeldung: Sie können jeden Namen verwenden. Jeder Name hat eigene Konten.',
  code: 'Startcode',
  codeWhy: 'Das Gateway gibt ihn in seinem Terminal aus, neben einem Link, der ihn einträgt.',
  coded:
    'Demo-Anmeldung: Sie können jeden Namen verwenden. Jeder Name hat eigene Konten im Pipedream-Projekt.',
  unset:
    'Noch kann sich niemand anmelden. Wenn nur Sie dieses Gateway nutzen, auf diesem Computer, setzen Sie DEMO_SIGN_IN=on in .env.local und starten Sie es neu. Wenn andere es erreichen, richten Sie deren Anmeldung mit AUTH_JWKS_URL ein.',
  off: 'Auf dieser Seite können Sie sich nicht anmelden. Melden Sie sich bei dem Produkt an, das Sie hierher geführt hat.',
}
