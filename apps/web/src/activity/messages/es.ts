import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: 'Actividad reciente de sus cuentas conectadas.',
  loading: 'Cargando su actividad',
  nothing: 'Todavía no hay actividad',
  nothingWhy: 'Las conexiones y desconexiones aparecerán aquí.',
  earlier: 'Mostrar actividad anterior',
  steps: 'Pasos',
  outdated: ({ reason }) => `No se ha podido actualizar esta lista. ${reason}`,
  code: ({ code }) => `Código de soporte ${code}`,
  more: ({ sentence, count }) => `${sentence} (${count} más)`,
  someApp: 'una aplicación',

  events: {
    FLOW_CREATED: ({ app }) => `Se ha preparado la conexión con ${app}.`,
    FLOW_OPENED: ({ app }) => `Ha empezado a conectar ${app}.`,
    FLOW_REFUSED: ({ app }) => `No se ha podido empezar a conectar ${app}.`,
    FLOW_SUCCEEDED: ({ app }) => `Ha conectado ${app}.`,
    FLOW_FAILED: ({ app }) => `No se ha podido conectar ${app}.`,
    FLOW_CANCELLED: ({ app }) => `Ha cancelado la conexión con ${app}.`,
    FLOW_EXPIRED: ({ app }) => `La conexión con ${app} ha caducado.`,
    FLOW_REVOKED: ({ app }) =>
      `Hemos detenido la conexión con ${app} porque otro navegador u otra persona intentó terminarla.`,
    CONFIRMATION_REFUSED: ({ app }) => `No se ha podido confirmar la conexión con ${app}.`,
    ACCOUNT_DISCONNECTED: ({ app }) => `Se ha desconectado su cuenta de ${app}.`,
    DISCONNECTION_ORDERED: 'Un administrador ha desconectado algunas de sus cuentas.',
    DISCONNECTION_REFUSED: ({ app }) => `No se ha podido desconectar una cuenta de ${app}.`,
    ACCESS_TOKEN_CREATED: 'Ha creado un token de acceso al espacio de trabajo.',
    ACCESS_TOKEN_REFUSED: 'Se ha denegado su solicitud de acceso al espacio de trabajo.',
  },

  held: {
    not_confirmed: ({ app }) => `Su cuenta nueva de ${app} requería confirmación.`,
    not_finished: ({ app }) =>
      `Su cuenta de ${app} no se puede usar porque no terminó de conectarla.`,
    finished_elsewhere: ({ app }) =>
      `Hemos bloqueado una cuenta de ${app} porque otro navegador u otra persona terminó de conectarla.`,
    unknown_age: ({ app }) =>
      `Su cuenta de ${app} no se puede usar porque no sabemos cuándo se conectó.`,
  },
  released: {
    confirmed: ({ app }) => `Su cuenta nueva de ${app} se ha confirmado.`,
    kept: ({ app }) => `Ha conservado su cuenta de ${app}.`,
    released: ({ app }) => `Un administrador ha desbloqueado su cuenta de ${app}.`,
  },
  removed: {
    not_confirmed: ({ app }) => `Hemos eliminado una cuenta nueva de ${app} porque no se confirmó.`,
    finished_elsewhere: ({ app }) =>
      `Hemos eliminado una cuenta de ${app} porque otro navegador u otra persona terminó de conectarla.`,
    disconnected: ({ app }) => `Se ha eliminado su cuenta sin confirmar de ${app}.`,
  },

  health: {
    dead: ({ app }) => `Hay que reconectar su cuenta de ${app}.`,
    unhealthy: ({ app }) => `Su cuenta de ${app} requiere atención.`,
    healthy: ({ app }) => `Su cuenta de ${app} vuelve a funcionar.`,
  },
  accountDisconnected: 'Se ha desconectado una de sus cuentas.',
}
