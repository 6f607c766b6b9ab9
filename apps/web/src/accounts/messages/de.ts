import { countedIn } from '../../i18n/counted.ts'
import type { AccountsMessages } from '../accounts-messages.ts'

const counted = countedIn('de')

export const messages: AccountsMessages = {
  purpose: 'Die Konten, die dieses Produkt für Sie verwenden darf.',
  yourAccounts: 'Ihre Konten',
  loadingAccounts: 'Ihre Konten werden geladen',
  moreAccounts: 'Weitere Konten anzeigen',
  outdated: ({ reason }) => `Diese Liste konnte nicht aktualisiert werden. ${reason}`,
  staleSince: ({ age }) => `Pipedream ist gerade nicht erreichbar. So standen Ihre Konten ${age}.`,

  noAccounts: 'Noch keine Konten',
  chooseApp: 'Wählen Sie eine App, um Ihr erstes Konto zu verbinden.',
  popularApps: 'Beliebte Apps zum Verbinden',

  accountOf: ({ app }) => `${app}-Konto`,
  connectedAge: ({ age }) => `verbunden ${age}`,
  refreshedAge: ({ age }) => `zuletzt erneuert ${age}`,
  connectedAt: ({ instant }) => `verbunden am ${instant}`,

  healthy: 'In Ordnung',
  needsAttention: 'Braucht Aufmerksamkeit',
  reconnectNeeded: 'Neu verbinden nötig',
  checking: 'Wird geprüft',
  waiting: 'Wartet auf Bestätigung',
  waitingWhy:
    'Wenn Sie es in diesem Browser verbunden haben, bestätigen Sie es. Bis dahin kann es niemand verwenden; geschieht das nicht, wird es entfernt.',
  confirm: 'Bestätigen',
  confirmAccount: ({ account, app }) => `${account} von ${app} bestätigen`,
  confirmNameless: ({ account }) => `${account} bestätigen`,

  connect: 'Verbinden',
  connectApp: ({ app }) => `${app} verbinden`,
  add: 'Konto hinzufügen',
  addAnother: ({ app }) => `Konto hinzufügen: ${app}`,
  reconnect: 'Neu verbinden',
  reconnectAccount: ({ account, app }) => `${account} mit ${app} neu verbinden`,
  reconnectNameless: ({ account }) => `${account} neu verbinden`,
  disconnect: 'Trennen',
  disconnectAccount: ({ account, app }) => `${account} von ${app} trennen`,
  disconnectNameless: ({ account }) => `${account} trennen`,

  question: {
    title: ({ account }) => `${account} trennen?`,
    effect: ({ app }) =>
      `Dieses ${app}-Konto wird sofort aus diesem Produkt und aus Pipedream entfernt. Was Sie darauf aufgebaut haben, funktioniert dann nicht mehr.`,
    effectOnTwin: ({ app, mark }) =>
      `Dieses ${app}-Konto, ${mark}, wird sofort aus diesem Produkt und aus Pipedream entfernt. Was Sie darauf aufgebaut haben, funktioniert dann nicht mehr.`,
    keyStays: ({ app }) =>
      `Der Schlüssel selbst bleibt bei ${app} gültig, bis Sie ihn dort widerrufen.`,
    permissionStays: ({ app }) =>
      `Die Berechtigung, die Sie bei ${app} selbst erteilt haben, wird dadurch nicht widerrufen. Öffnen Sie dafür dort die Einstellungen Ihres Kontos.`,
    done: ({ account, app }) => `${account} wurde von ${app} getrennt.`,
    doneNameless: ({ account }) => `${account} wurde getrennt.`,
    failed: ({ account, reason }) => `${account} wurde nicht getrennt. ${reason}`,
  },

  catalogue: {
    title: 'App verbinden',
    search: 'Apps suchen',
    category: 'Kategorie',
    everyCategory: 'Alle Kategorien',
    apps: 'Apps',
    loading: 'Apps werden geladen',
    more: 'Weitere Apps anzeigen',
    app: 'App',
    found: ({ count }) => counted(count, { one: '# App', other: '# Apps' }),
    foundMore: ({ count }) => counted(count, { one: 'mehr als # App', other: 'mehr als # Apps' }),
    connected: ({ count }) => counted(count, { other: '# verbunden' }),
    nothing: ({ search }) => `Keine App passt zu „${search}“`,
    nothingWhy: 'Prüfen Sie die Schreibweise oder suchen Sie nach einem Teil des Namens.',
  },

  flow: {
    preparing: 'Wird vorbereitet …',
    open: 'Wartet auf Sie …',
    confirming: 'Wird geprüft …',
    preparingAloud: 'Die Verbindung wird vorbereitet.',
    openAloud: 'Es wird gewartet, bis Sie im geöffneten Fenster fertig sind.',
    confirmingAloud: 'Das neue Konto wird geprüft.',
    connected: ({ app }) => `${app} ist verbunden.`,
    connectedAs: ({ app, account }) => `${app} ist als ${account} verbunden.`,
    reconnected: ({ app }) => `${app} ist neu verbunden.`,
    reconnectedAs: ({ app, account }) => `${app} ist als ${account} neu verbunden.`,
    cancelled: ({ app }) => `${app} wurde nicht verbunden. Es hat sich nichts geändert.`,
    reconnectCancelled: ({ app }) =>
      `${app} wurde nicht neu verbunden. Es hat sich nichts geändert.`,
    failed: ({ app, reason }) => `${app} wurde nicht verbunden. ${reason}`,
    reconnectFailed: ({ app, reason }) => `${app} wurde nicht neu verbunden. ${reason}`,
    badResponse:
      'Pipedream hat nicht gesagt, welches Konto verbunden wurde. Laden Sie diese Seite neu, um zu sehen, ob es da ist.',
    loadFailed:
      'Die Seite von Pipedream konnte hier nicht geöffnet werden. Prüfen Sie Ihre Verbindung und etwaige Inhaltsblocker und versuchen Sie es erneut.',
    frameBlocked:
      'Die Anmeldeseite kann in dieser Seite nicht angezeigt werden. Fahren Sie in einem neuen Tab fort.',
    expired: 'Die Verbindung war zu lange offen und ist abgelaufen. Versuchen Sie es erneut.',
    popupBlocked:
      'Der Browser hat den neuen Tab blockiert. Erlauben Sie Pop-ups für diese Website und versuchen Sie es erneut.',
    openTab: 'In neuem Tab fortfahren',
    cutOff: ({ app }) =>
      `Das Verbinden von ${app} wurde unterbrochen, weil diese Seite neu geladen wurde. Wenn das Fenster noch offen ist, können Sie es dort abschließen.`,
    timeout: 'Es hat zu lange gedauert. Versuchen Sie es erneut, wenn Sie Zeit haben.',
  },
}
