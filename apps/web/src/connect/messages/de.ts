import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: 'Verbinden',
  connectApp: ({ app }) => `${app} verbinden`,
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
