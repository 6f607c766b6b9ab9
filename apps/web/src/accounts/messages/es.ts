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
  },
}
