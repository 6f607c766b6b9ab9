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
  nowSignedInAs: ({ name }) => `Sie sind jetzt als ${name} angemeldet.`,
  signOut: 'Abmelden',
  stillSignedIn: ({ reason }) => `Sie sind noch angemeldet. ${reason}`,

  notFound: {
    title: 'Seite nicht gefunden',
    why: 'Prüfen Sie den Link oder gehen Sie zu Ihren Konten.',
    toAccounts: 'Zu Ihren Konten',
  },

  stopped: {
    title: 'Etwas ist schiefgegangen',
    what: 'Ihre Konten sind nicht betroffen. Laden Sie die Seite neu. Wenn es wieder vorkommt, wenden Sie sich an den Support.',
    reload: 'Seite neu laden',
  },

  justNow: 'gerade eben',
  supportCode: ({ code }) =>
    `Klappt es immer noch nicht? Wenden Sie sich mit dem Code ${code} an den Support.`,

  errors: {
    offline: 'Sie sind offline. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    unreachable:
      'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    away: 'Der Server ist gerade nicht erreichbar. Versuchen Sie es in einer Minute erneut.',
    busy: 'Zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es erneut.',
    busyFor: ({ seconds }) =>
      `Zu viele Anfragen. Versuchen Sie es in ${counted(seconds, { one: '# Sekunde', other: '# Sekunden' })} erneut.`,
    broken: 'Etwas ist schiefgegangen. Versuchen Sie es gleich noch einmal.',
    upstreamAway: 'Das ist gerade nicht verfügbar. Versuchen Sie es in einer Minute erneut.',
    upstreamRefused:
      'Das hat nicht geklappt. Wenn es wieder vorkommt, wenden Sie sich an den Support.',
    notSignedIn: 'Sie sind abgemeldet. Melden Sie sich an und versuchen Sie es erneut.',
    notAllowed: 'Sie haben dafür keine Berechtigung.',
    unknownApp: 'Diese App ist nicht mehr verfügbar.',
    accountNotFound: 'Dieses Konto wurde bereits getrennt.',
    startedElsewhere:
      'Diese Verbindung wurde in einem anderen Browser oder einer anderen App gestartet. Starten Sie sie hier neu.',
    flowOver: 'Dieser Verbindungsversuch ist beendet. Starten Sie ihn neu.',
  },
}
