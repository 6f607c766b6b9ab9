import type { AccountsMessages } from '../accounts-messages.ts'

export const messages: AccountsMessages = {
  purpose: 'Apps, die Sie verbunden haben.',
  yourAccounts: 'Ihre Konten',
  loadingAccounts: 'Ihre Konten werden geladen',
  moreAccounts: 'Weitere Konten anzeigen',
  outdated: ({ reason }) => `Diese Liste konnte nicht aktualisiert werden. ${reason}`,
  staleSince: ({ age }) =>
    `Ihre Konten lassen sich gerade nicht aktualisieren. Zuletzt aktualisiert ${age}.`,

  noAccounts: 'Noch keine Konten',
  connectFirst: 'Verbinden Sie eine App, um loszulegen.',
  popularApps: 'Beliebte Apps',

  accountOf: ({ app }) => `${app}-Konto`,
  connectedAge: ({ age }) => `Verbunden ${age}`,
  refreshedAge: ({ age }) => `Zuletzt synchronisiert ${age}`,
  connectedAt: ({ instant }) => `Verbunden am ${instant}`,
  connectedAtInline: ({ instant }) => `verbunden am ${instant}`,

  healthy: 'In Ordnung',
  needsAttention: 'Bitte prüfen',
  reconnectNeeded: 'Neu verbinden nötig',

  add: 'Konto hinzufügen',
  addAnother: ({ app }) => `Konto hinzufügen: ${app}`,
  reconnect: 'Neu verbinden',
  reconnectAccount: ({ account, app }) => `${account} mit ${app} neu verbinden`,
  reconnectNameless: ({ account }) => `${account} neu verbinden`,

  disconnection: {
    act: 'Trennen',
    named: ({ account, app }) => `${account} von ${app} trennen`,
    nameless: ({ account }) => `${account} trennen`,
  },
}
