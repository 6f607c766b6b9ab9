import type { CommonMessages } from '../common-messages.ts'
import { countedIn } from '../counted.ts'

const counted = countedIn('de')

export const messages: CommonMessages = {
  tryAgain: 'Erneut versuchen',
  dismiss: 'Schließen',
  cancel: 'Abbrechen',
  loading: 'Wird geladen',
  notifications: 'Benachrichtigungen',
  chooseLanguage: 'Sprache',

  pages: 'Seiten',
  accounts: 'Konten',
  activity: 'Verlauf',
  operator: 'Betrieb',
  signedInAs: 'Angemeldet als',
  signOut: 'Abmelden',
  stillSignedIn: ({ reason }) => `Sie sind noch angemeldet. ${reason}`,

  signIn: {
    title: 'Anmelden',
    wasSignedOut: 'Sie wurden abgemeldet. Melden Sie sich wieder an, um fortzufahren.',
    purpose:
      'Verbinden Sie die Apps, mit denen Sie arbeiten, sehen Sie, ob alles in Ordnung ist, und trennen Sie sie jederzeit.',
    name: 'Name',
    noName: 'Geben Sie einen Namen ein, um sich anzumelden.',
    asOperator: 'als Betreiber',
    asOperatorWhy: 'um alle Vorgänge zu sehen und die API der Betreiber auszuprobieren',
    submit: 'Anmelden',
    demo: 'Dies ist eine Demo-Anmeldung: Jeder Name genügt, und jeder Name hat eigene Konten.',
  },

  inApp: {
    title: 'Öffnen Sie diese Seite in Ihrem Browser',
    why: 'Sie sind in einer anderen App, in der Google und einige andere Dienste keine Anmeldung erlauben. Kopieren Sie den Link und fügen Sie ihn in Ihren Browser ein.',
    link: 'Link zu dieser Seite',
    copy: 'Link kopieren',
    copied: 'Link kopiert',
  },

  notFound: {
    title: 'Unter dieser Adresse gibt es nichts',
    why: 'Der Link ist vielleicht veraltet oder enthält einen Tippfehler.',
    toAccounts: 'Zu Ihren Konten',
  },

  stopped: {
    title: 'Diese Seite funktioniert nicht mehr',
    what: 'Ihre Konten sind nicht betroffen. Laden Sie die Seite neu; wenn es wieder vorkommt, wenden Sie sich an unseren Support.',
    reload: 'Seite neu laden',
  },

  justNow: 'gerade eben',
  supportCode: ({ code }) =>
    `Wenn es wieder vorkommt, nennen Sie unserem Support diesen Code: ${code}`,

  errors: {
    offline: 'Sie sind offline. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    unreachable:
      'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    away: 'Der Server ist gerade nicht erreichbar. Warten Sie etwas und versuchen Sie es erneut.',
    busy: 'Zu viele Anfragen in kurzer Zeit. Warten Sie einen Moment und versuchen Sie es erneut.',
    busyFor: ({ seconds }) =>
      `Zu viele Anfragen in kurzer Zeit. Versuchen Sie es in ${counted(seconds, { one: '# Sekunde', other: '# Sekunden' })} erneut.`,
    broken: 'Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.',
    upstreamAway:
      'Pipedream ist gerade nicht erreichbar. Ihre verbundenen Konten sind sicher; versuchen Sie es gleich noch einmal.',
    upstreamRefused:
      'Pipedream hat die Anfrage abgelehnt. Wenn es wieder vorkommt, wenden Sie sich an unseren Support.',
    notSignedIn: 'Niemand ist angemeldet. Melden Sie sich an und versuchen Sie es erneut.',
    notAllowed: 'Das dürfen Sie nicht.',
    unknownApp: 'Diese App ist nicht mehr im Katalog.',
    accountNotFound: 'Dieses Konto gehört nicht mehr zu Ihren. Vielleicht wurde es getrennt.',
    startedElsewhere:
      'Diese Verbindung wurde in einem anderen Browser begonnen und kann hier nicht beendet werden. Beginnen Sie hier von vorn.',
    flowOver: 'Dieser Verbindungsversuch ist beendet. Beginnen Sie von vorn.',
  },
}
