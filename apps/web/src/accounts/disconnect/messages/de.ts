import type { DisconnectMessages } from '../disconnect-messages.ts'

export const messages: DisconnectMessages = {
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
}
