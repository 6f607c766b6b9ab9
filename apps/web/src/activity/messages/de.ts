import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: 'Was mit Ihren verbundenen Konten geschehen ist, das Neueste zuerst.',
  loading: 'Ihr Verlauf wird geladen',
  nothing: 'Noch ist nichts geschehen',
  nothingWhy: 'Wenn Sie ein Konto verbinden, wird es hier vermerkt.',
  earlier: 'Früheres anzeigen',
  steps: 'Schritte',
  outdated: ({ reason }) => `Diese Liste konnte nicht aktualisiert werden. ${reason}`,
  code: ({ code }) => `Support-Code ${code}`,
  someApp: 'einer App',

  events: {
    FLOW_CREATED: ({ app }) => `Die Erlaubnis, sich mit ${app} zu verbinden, wurde vorbereitet.`,
    FLOW_OPENED: ({ app }) => `Sie haben begonnen, sich mit ${app} zu verbinden.`,
    FLOW_REFUSED: ({ app }) => `Die Verbindung mit ${app} konnte nicht begonnen werden.`,
    FLOW_SUCCEEDED: ({ app }) => `Sie haben sich mit ${app} verbunden.`,
    FLOW_FAILED: ({ app }) => `Die Verbindung mit ${app} ist fehlgeschlagen.`,
    FLOW_CANCELLED: ({ app }) => `Sie haben die Verbindung mit ${app} abgebrochen.`,
    FLOW_EXPIRED: ({ app }) => `Die Verbindung mit ${app} wurde nicht rechtzeitig abgeschlossen.`,
    FLOW_REVOKED: ({ app }) =>
      `Ein anderer Browser wollte die Verbindung mit ${app} abschließen; sie wurde gestoppt.`,
    CONFIRMATION_REFUSED: ({ app }) =>
      `Ein Versuch, die Verbindung mit ${app} zu bestätigen, wurde abgelehnt.`,
    ACCOUNT_HELD: 'Das neue Konto wartete auf Bestätigung.',
    ACCOUNT_RELEASED: 'Das neue Konto wurde bestätigt.',
    ACCOUNT_REMOVED: 'Ein neues Konto wurde entfernt, weil niemand es bestätigt hat.',
    ACCOUNT_DISCONNECTED: ({ app }) => `Ein Konto wurde von ${app} getrennt.`,
    DISCONNECTION_ORDERED: 'Ein Betreiber dieses Produkts hat angeordnet, Konten zu trennen.',
    DISCONNECTION_REFUSED: ({ app }) => `Ein Konto konnte nicht von ${app} getrennt werden.`,
    ACCOUNT_HEALTH_CHANGED: ({ app }) => `Der Zustand eines Kontos bei ${app} hat sich geändert.`,
    CONNECT_TOKEN_CREATED: 'Eine Seite hat die Erlaubnis erhalten, Konten für Sie zu verbinden.',
    ACCESS_TOKEN_CREATED: 'Sie haben ein Zugriffstoken für den ganzen Workspace erhalten.',
    ACCESS_TOKEN_REFUSED: 'Ein Zugriffstoken für den ganzen Workspace wurde verweigert.',
  },
}
