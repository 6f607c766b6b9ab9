import type { FlowMessages } from '../flow-messages.ts'

export const messages: FlowMessages = {
  dialogLabels: { dialog: 'Konto verbinden', close: 'Schließen' },

  flow: {
    preparingAloud: 'Die Verbindung wird vorbereitet.',
    openAloud: 'Schließen Sie die Verbindung im Dialog ab.',
    confirmingAloud: 'Das neue Konto wird geprüft.',
    connected: ({ app }) => `${app} ist verbunden.`,
    connectedAs: ({ app, account }) => `${app} ist als ${account} verbunden.`,
    reconnected: ({ app }) => `${app} ist neu verbunden.`,
    reconnectedAs: ({ app, account }) => `${app} ist als ${account} neu verbunden.`,
    cancelled: ({ app }) => `${app} wurde nicht verbunden.`,
    reconnectCancelled: ({ app }) => `${app} wurde nicht neu verbunden.`,
    failed: ({ app, reason }) => `${app} wurde nicht verbunden. ${reason}`,
    reconnectFailed: ({ app, reason }) => `${app} wurde nicht neu verbunden. ${reason}`,
    badResponse:
      'Wir konnten nicht feststellen, welches Konto verbunden wurde. Laden Sie die Seite neu, um nachzusehen.',
    loadFailed:
      'Der Verbindungsdialog wurde nicht geladen. Prüfen Sie Ihre Verbindung und etwaige Inhaltsblocker und versuchen Sie es erneut.',
    frameBlocked:
      'Die Anmeldeseite kann hier nicht angezeigt werden. Fahren Sie in einem neuen Tab fort.',
    expired: 'Die Zeit für diese Verbindung ist abgelaufen. Versuchen Sie es erneut.',
    popupBlocked:
      'Ihr Browser hat den neuen Tab blockiert. Erlauben Sie Pop-ups für diese Website und versuchen Sie es erneut.',
    openTab: 'In neuem Tab fortfahren',
    cutOff: ({ app }) =>
      `Das Verbinden von ${app} wurde unterbrochen. Wenn das Anmeldefenster noch offen ist, schließen Sie den Vorgang dort ab.`,
    timeout: 'Das hat zu lange gedauert. Versuchen Sie es erneut.',
  },
  errors: {
    upstreamAway:
      'Gerade lassen sich keine neuen Konten verbinden. Ihre bestehenden Verbindungen sind nicht betroffen. Versuchen Sie es in einer Minute erneut.',
  },
}
