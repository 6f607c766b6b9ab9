import type { AccountsMessages } from '../accounts-messages.ts'

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
}
