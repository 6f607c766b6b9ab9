import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: 'Lo que ha ocurrido con sus cuentas conectadas; lo más reciente, primero.',
  loading: 'Cargando su actividad',
  nothing: 'Aún no ha ocurrido nada',
  nothingWhy: 'Cuando conecte una cuenta, aparecerá aquí.',
  earlier: 'Mostrar actividad anterior',
  steps: 'Pasos',
  outdated: ({ reason }) => `No se ha podido actualizar esta lista. ${reason}`,
  code: ({ code }) => `Código de asistencia ${code}`,
  someApp: 'una aplicación',

  events: {
    FLOW_CREATED: ({ app }) => `Se preparó el permiso para conectar ${app}.`,
    FLOW_OPENED: ({ app }) => `Ha empezado a conectar ${app}.`,
    FLOW_REFUSED: ({ app }) => `No se ha podido empezar a conectar ${app}.`,
    FLOW_SUCCEEDED: ({ app }) => `Ha conectado ${app}.`,
    FLOW_FAILED: ({ app }) => `La conexión con ${app} ha fallado.`,
    FLOW_CANCELLED: ({ app }) => `Ha cancelado la conexión con ${app}.`,
    FLOW_EXPIRED: ({ app }) => `La conexión con ${app} no se ha terminado a tiempo.`,
    FLOW_REVOKED: ({ app }) =>
      `Otro navegador ha intentado terminar la conexión con ${app}, así que se ha detenido.`,
    CONFIRMATION_REFUSED: ({ app }) =>
      `Se ha rechazado un intento de confirmar la conexión con ${app}.`,
    ACCOUNT_HELD: 'La cuenta nueva estaba pendiente de confirmación.',
    ACCOUNT_RELEASED: 'La cuenta nueva se ha confirmado.',
    ACCOUNT_REMOVED: 'Se ha eliminado una cuenta nueva porque nadie la confirmó.',
    ACCOUNT_DISCONNECTED: ({ app }) => `Se ha desconectado una cuenta de ${app}.`,
    DISCONNECTION_ORDERED: 'Un operador de este producto ha ordenado desconectar cuentas.',
    DISCONNECTION_REFUSED: ({ app }) => `No se ha podido desconectar una cuenta de ${app}.`,
    ACCOUNT_HEALTH_CHANGED: ({ app }) => `Ha cambiado el estado de una cuenta de ${app}.`,
    CONNECT_TOKEN_CREATED: 'Una página ha recibido permiso para conectar cuentas en su nombre.',
    ACCESS_TOKEN_CREATED: 'Ha recibido un token de acceso para todo el espacio de trabajo.',
    ACCESS_TOKEN_REFUSED: 'Se ha denegado un token de acceso para todo el espacio de trabajo.',
  },
}
