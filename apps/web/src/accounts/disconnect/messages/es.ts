import type { DisconnectMessages } from '../disconnect-messages.ts'

export const messages: DisconnectMessages = {
  title: ({ account }) => `¿Desconectar ${account}?`,
  effect: ({ app }) =>
    `Eliminaremos esta cuenta de ${app} de inmediato. Todo lo que la use dejará de funcionar.`,
  effectOnOneOfMany: ({ app, which }) =>
    `Eliminaremos esta cuenta de ${app} (${which}) de inmediato. Todo lo que la use dejará de funcionar.`,
  keyStays: ({ app }) => `La clave sigue siendo válida en ${app} hasta que la revoque allí.`,
  permissionStays: ({ app }) =>
    `Para revocar también el acceso en ${app}, vaya a la configuración de su cuenta de ${app}.`,
  done: ({ account, app }) => `${account} se ha desconectado de ${app}.`,
  doneNameless: ({ account }) => `${account}: desconectada.`,
  failed: ({ account, reason }) => `No se ha desconectado ${account}. ${reason}`,
  errors: {
    upstreamAway: 'Ahora no podemos desconectar cuentas. Inténtelo de nuevo en un minuto.',
  },
}
