import type { HeldMessages } from '../held-messages.ts'

export const messages: HeldMessages = {
  states: {
    checking: 'Comprobando…',
    waiting: 'Requiere confirmación',
    notFinished: 'Sin terminar',
    finishedElsewhere: 'Bloqueada',
    unknownAge: 'Sin verificar',
  },
  waitingWhy:
    '¿Inició esta conexión aquí? Confírmela para empezar a usar la cuenta. Las cuentas sin confirmar no se pueden usar.',
  notFinishedWhy: 'No terminó de conectar esta cuenta, por lo que no se puede usar.',
  unknownAgeWhy: 'No sabemos cuándo se conectó esta cuenta, por lo que no se puede usar.',
  keepHere: 'Consérvela para empezar a usarla, o elimínela.',
  keepElsewhere:
    'Puede conservarla en el navegador o la aplicación donde empezó, cuando no haya ninguna conexión en curso allí. O elimínela.',
  finishedElsewhereWhy: ({ code }) =>
    `Otro navegador u otra persona terminó de conectar esta cuenta, por lo que solo puede eliminarla. Si es suya, póngase en contacto con asistencia con el código ${code}.`,

  confirm: 'Confirmar',
  confirmAccount: ({ account, app }) => `Confirmar ${account} (${app})`,
  confirmNameless: ({ account }) => `Confirmar ${account}`,
  keep: 'Conservar',
  keepAccount: ({ account, app }) => `Conservar ${account} (${app})`,
  keepNameless: ({ account }) => `Conservar ${account}`,
  kept: ({ account }) => `Ya puede usar ${account}.`,

  removal: {
    act: 'Eliminar',
    named: ({ account, app }) => `Eliminar ${account} (${app})`,
    nameless: ({ account }) => `Eliminar ${account}`,
    title: ({ account }) => `¿Eliminar ${account}?`,
    effect: ({ app }) => `Eliminaremos esta cuenta de ${app} y sus credenciales de inmediato.`,
    effectOnOneOfMany: ({ app, which }) =>
      `Eliminaremos esta cuenta de ${app} (${which}) y sus credenciales de inmediato.`,
    done: ({ account, app }) => `Se ha eliminado ${account} (${app}).`,
    doneNameless: ({ account }) => `${account}: eliminada.`,
    failed: ({ account, reason }) => `No se ha eliminado ${account}. ${reason}`,
  },

  refusals: {
    StartedElsewhere:
      'Solo puede conservar esta cuenta en el navegador o la aplicación donde empezó a conectarla.',
    FinishedElsewhere: 'Otro navegador u otra persona terminó de conectar esta cuenta. Elimínela.',
    FlowStillOpen: 'Esta conexión todavía está en curso. Termínela o cancélela primero.',
    RemovalInProgress: 'Esta cuenta se está eliminando. Inténtelo de nuevo en un minuto.',
  },
}
