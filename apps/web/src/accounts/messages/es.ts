import type { AccountsMessages } from '../accounts-messages.ts'

export const messages: AccountsMessages = {
  purpose: 'Aplicaciones que ha conectado.',
  yourAccounts: 'Sus cuentas',
  loadingAccounts: 'Cargando sus cuentas',
  moreAccounts: 'Mostrar más cuentas',
  outdated: ({ reason }) => `No se ha podido actualizar esta lista. ${reason}`,
  staleSince: ({ age }) => `Ahora no podemos actualizar sus cuentas. Última actualización: ${age}.`,

  noAccounts: 'Todavía no hay cuentas',
  connectFirst: 'Conecte una aplicación para empezar.',
  popularApps: 'Aplicaciones populares',

  accountOf: ({ app }) => `Cuenta de ${app}`,
  connectedAge: ({ age }) => `Conectada ${age}`,
  refreshedAge: ({ age }) => `Última sincronización: ${age}`,
  connectedAt: ({ instant }) => `Conectada el ${instant}`,
  connectedAtInline: ({ instant }) => `conectada el ${instant}`,

  healthy: 'Funciona',
  needsAttention: 'Requiere atención',
  reconnectNeeded: 'Hay que reconectarla',

  add: 'Añadir cuenta',
  addAnother: ({ app }) => `Añadir cuenta: ${app}`,
  reconnect: 'Reconectar',
  reconnectAccount: ({ account, app }) => `Reconectar ${account} a ${app}`,
  reconnectNameless: ({ account }) => `Reconectar ${account}`,

  disconnection: {
    act: 'Desconectar',
    named: ({ account, app }) => `Desconectar ${account} de ${app}`,
    nameless: ({ account }) => `Desconectar ${account}`,
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
  },
}
