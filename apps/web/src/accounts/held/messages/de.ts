import type { HeldMessages } from '../held-messages.ts'

export const messages: HeldMessages = {
  states: {
    checking: 'Wird geprüft …',
    waiting: 'Bestätigung nötig',
    notFinished: 'Nicht abgeschlossen',
    finishedElsewhere: 'Gesperrt',
    unknownAge: 'Nicht überprüft',
  },
  waitingWhy:
    'Haben Sie diese Verbindung hier gestartet? Bestätigen Sie sie, um das Konto zu nutzen. Unbestätigte Konten können nicht verwendet werden.',
  notFinishedWhy:
    'Sie haben die Verbindung dieses Kontos nicht abgeschlossen. Es kann daher nicht verwendet werden.',
  unknownAgeWhy:
    'Wir wissen nicht, wann dieses Konto verbunden wurde. Es kann daher nicht verwendet werden.',
  keepHere: 'Behalten Sie es, um es zu nutzen, oder entfernen Sie es.',
  keepElsewhere:
    'Sie können es dort behalten, wo Sie begonnen haben (Browser oder App), sobald dort keine Verbindung mehr läuft. Oder entfernen Sie es.',
  finishedElsewhereWhy: ({ code }) =>
    `Ein anderer Browser oder eine andere Person hat die Verbindung dieses Kontos abgeschlossen. Sie können es nur entfernen. Wenn es Ihres ist, wenden Sie sich mit dem Code ${code} an den Support.`,

  confirm: 'Bestätigen',
  confirmAccount: ({ account, app }) => `${account} (${app}) bestätigen`,
  confirmNameless: ({ account }) => `${account} bestätigen`,
  keep: 'Behalten',
  keepAccount: ({ account, app }) => `${account} (${app}) behalten`,
  keepNameless: ({ account }) => `${account} behalten`,
  kept: ({ account }) => `Sie können ${account} jetzt verwenden.`,

  removal: {
    act: 'Entfernen',
    named: ({ account, app }) => `${account} (${app}) entfernen`,
    nameless: ({ account }) => `${account} entfernen`,
    title: ({ account }) => `${account} entfernen?`,
    effect: ({ app }) => `Wir löschen dieses ${app}-Konto und seine Zugangsdaten sofort.`,
    effectOnOneOfMany: ({ app, which }) =>
      `Wir löschen dieses ${app}-Konto (${which}) und seine Zugangsdaten sofort.`,
    done: ({ account, app }) => `${account} (${app}) wurde entfernt.`,
    doneNameless: ({ account }) => `${account} wurde entfernt.`,
    failed: ({ account, reason }) => `${account} wurde nicht entfernt. ${reason}`,
  },

  refusals: {
    StartedElsewhere:
      'Sie können dieses Konto nur dort behalten, wo Sie die Verbindung gestartet haben (Browser oder App).',
    FinishedElsewhere:
      'Ein anderer Browser oder eine andere Person hat die Verbindung dieses Kontos abgeschlossen. Entfernen Sie es.',
    FlowStillOpen: 'Diese Verbindung läuft noch. Schließen Sie sie ab oder brechen Sie sie ab.',
    RemovalInProgress:
      'Dieses Konto wird gerade entfernt. Versuchen Sie es in einer Minute erneut.',
  },
}
