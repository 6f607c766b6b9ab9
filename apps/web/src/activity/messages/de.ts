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
      `Wir haben die Verbindung mit ${app} gestoppt, weil ein anderer Browser oder eine andere Person sie abschließen wollte.`,
    CONFIRMATION_REFUSED: ({ app }) => `Die Verbindung mit ${app} konnte nicht bestätigt werden.`,
    ACCOUNT_DISCONNECTED: ({ app }) => `Ihr Konto bei ${app} wurde getrennt.`,
    DISCONNECTION_ORDERED: 'Ein Administrator hat einige Ihrer Konten getrennt.',
    DISCONNECTION_REFUSED: ({ app }) => `Ihr Konto bei ${app} konnte nicht getrennt werden.`,
    ACCESS_TOKEN_CREATED: 'Sie haben ein Zugriffstoken für den Workspace erstellt.',
    ACCESS_TOKEN_REFUSED: 'Ihre Anfrage nach Zugriff auf den Workspace wurde abgelehnt.',
  },

  held: {
    not_confirmed: ({ app }) => `Ihr neues Konto bei ${app} musste bestätigt werden.`,
    not_finished: ({ app }) =>
      `Ihr Konto bei ${app} kann nicht verwendet werden, weil Sie die Verbindung nicht abgeschlossen haben.`,
    finished_elsewhere: ({ app }) =>
      `Wir haben ein Konto bei ${app} gesperrt, weil ein anderer Browser oder eine andere Person die Verbindung abgeschlossen hat.`,
    unknown_age: ({ app }) =>
      `Ihr Konto bei ${app} kann nicht verwendet werden, weil wir nicht wissen, wann es verbunden wurde.`,
  },
  released: {
    confirmed: ({ app }) => `Ihr neues Konto bei ${app} wurde bestätigt.`,
    kept: ({ app }) => `Sie haben Ihr Konto bei ${app} behalten.`,
    released: ({ app }) => `Ein Administrator hat Ihr Konto bei ${app} freigegeben.`,
  },
  removed: {
    not_confirmed: ({ app }) =>
      `Wir haben ein neues Konto bei ${app} entfernt, weil es nicht bestätigt wurde.`,
    finished_elsewhere: ({ app }) =>
      `Wir haben ein Konto bei ${app} entfernt, weil ein anderer Browser oder eine andere Person die Verbindung abgeschlossen hat.`,
    disconnected: ({ app }) => `Ihr unbestätigtes Konto bei ${app} wurde entfernt.`,
  },

  health: {
    dead: ({ app }) => `Ihr Konto bei ${app} muss neu verbunden werden.`,
    unhealthy: ({ app }) => `Bitte prüfen Sie Ihr Konto bei ${app}.`,
    healthy: ({ app }) => `Ihr Konto bei ${app} funktioniert wieder.`,
  },
  accountDisconnected: 'Eines Ihrer Konten wurde getrennt.',
}
