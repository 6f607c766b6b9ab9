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
    title: ({ account }) => `${account} trennen?`,
    effect: ({ app }) =>
      `Wir entfernen dieses ${app}-Konto sofort. Alles, was es verwendet, funktioniert dann nicht mehr.`,
    effectOnOneOfMany: ({ app, which }) =>
      `Wir entfernen dieses ${app}-Konto (${which}) sofort. Alles, was es verwendet, funktioniert dann nicht mehr.`,
    keyStays: ({ app }) => `Der Schlüssel bleibt bei ${app} gültig, bis Sie ihn dort widerrufen.`,
    permissionStays: ({ app }) =>
      `Um auch den Zugriff bei ${app} zu widerrufen, öffnen Sie die Einstellungen Ihres ${app}-Kontos.`,
    done: ({ account, app }) => `${account} wurde von ${app} getrennt.`,
    doneNameless: ({ account }) => `${account} wurde getrennt.`,
    failed: ({ account, reason }) => `${account} wurde nicht getrennt. ${reason}`,
    errors: {
      upstreamAway:
        'Konten lassen sich gerade nicht trennen. Versuchen Sie es in einer Minute erneut.',
    },
  },
}
