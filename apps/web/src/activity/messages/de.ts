import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: 'Letzte Aktivitäten Ihrer verbundenen Konten.',
  loading: 'Ihr Verlauf wird geladen',
  nothing: 'Noch keine Aktivitäten',
  nothingWhy: 'Verbundene und getrennte Konten erscheinen hier.',
  earlier: 'Frühere Aktivitäten anzeigen',
  steps: 'Schritte',
  outdated: ({ reason }) => `Diese Liste konnte nicht aktualisiert werden. ${reason}`,
  code: ({ code }) => `Support-Code ${code}`,
  more: ({ sentence, count }) => `${sentence} (${count} weitere)`,
  someApp: 'einer App',

  events: {
    FLOW_CREATED: ({ app }) => `Die Verbindung mit ${app} wurde vorbereitet.`,
    FLOW_OPENED: ({ app }) => `Sie haben begonnen, ${app} zu verbinden.`,
    FLOW_REFUSED: ({ app }) => `Die Verbindung mit ${app} konnte nicht gestartet werden.`,
    FLOW_SUCCEEDED: ({ app }) => `Sie haben ${app} verbunden.`,
    FLOW_FAILED: ({ app }) => `Die Verbindung mit ${app} ist fehlgeschlagen.`,
    FLOW_CANCELLED: ({ app }) => `Sie haben die Verbindung mit ${app} abgebrochen.`,
    FLOW_EXPIRED: ({ app }) => `Die Zeit für die Verbindung mit ${app} ist abgelaufen.`,
    FLOW_REVOKED: ({ app }) =>
      `Wir haben die Verbindung mit ${app} gestoppt, weil ein anderer Browser sie abschließen wollte.`,
    CONFIRMATION_REFUSED: ({ app }) => `Die Verbindung mit ${app} konnte nicht bestätigt werden.`,
    ACCOUNT_HELD: 'Das neue Konto musste bestätigt werden.',
    ACCOUNT_RELEASED: 'Das neue Konto wurde bestätigt.',
    ACCOUNT_REMOVED: 'Wir haben ein neues Konto entfernt, weil es nicht bestätigt wurde.',
    ACCOUNT_DISCONNECTED: ({ app }) => `Ihr Konto bei ${app} wurde getrennt.`,
    DISCONNECTION_ORDERED: 'Ein Administrator hat einige Ihrer Konten getrennt.',
    DISCONNECTION_REFUSED: ({ app }) => `Ihr Konto bei ${app} konnte nicht getrennt werden.`,
    ACCESS_TOKEN_CREATED: 'Sie haben ein Zugriffstoken für den Workspace erstellt.',
    ACCESS_TOKEN_REFUSED: 'Ihre Anfrage nach Zugriff auf den Workspace wurde abgelehnt.',
  },

  health: {
    dead: ({ app }) => `Ihr Konto bei ${app} muss neu verbunden werden.`,
    unhealthy: ({ app }) => `Bitte prüfen Sie Ihr Konto bei ${app}.`,
    healthy: ({ app }) => `Ihr Konto bei ${app} funktioniert wieder.`,
  },
  accountDisconnected: 'Eines Ihrer Konten wurde getrennt.',
}
