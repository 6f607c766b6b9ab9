import type { AccountsMessages } from '../accounts-messages.ts'

export const messages: AccountsMessages = {
  purpose: 'Las cuentas que este producto puede usar por usted.',
  yourAccounts: 'Sus cuentas',
  loadingAccounts: 'Cargando sus cuentas',
  moreAccounts: 'Mostrar más cuentas',
  outdated: ({ reason }) => `No se pudo actualizar esta lista. ${reason}`,
  staleSince: ({ age }) =>
    `Ahora no se puede contactar con Pipedream. Así estaban sus cuentas ${age}.`,

  noAccounts: 'Todavía no hay cuentas',
  chooseApp: 'Elija una aplicación para conectar la primera.',
  popularApps: 'Aplicaciones populares para conectar',

  accountOf: ({ app }) => `Cuenta de ${app}`,
  connectedAge: ({ age }) => `conectada ${age}`,
  refreshedAge: ({ age }) => `renovada por última vez ${age}`,
  connectedAt: ({ instant }) => `conectada el ${instant}`,

  healthy: 'Funciona',
  needsAttention: 'Requiere atención',
  reconnectNeeded: 'Hay que reconectarla',
  checking: 'Comprobándose',
  waiting: 'A la espera de confirmación',
  waitingWhy:
    'Si la conectó en este navegador, confírmela. Hasta entonces nadie puede usarla y, si nadie lo hace, se elimina.',
  confirm: 'Confirmar',
  confirmAccount: ({ account, app }) => `Confirmar ${account} de ${app}`,
  confirmNameless: ({ account }) => `Confirmar ${account}`,

  add: 'Añadir cuenta',
  addAnother: ({ app }) => `Añadir cuenta: ${app}`,
  reconnect: 'Reconectar',
  reconnectAccount: ({ account, app }) => `Reconectar ${account} a ${app}`,
  reconnectNameless: ({ account }) => `Reconectar ${account}`,
  disconnect: 'Desconectar',
  disconnectAccount: ({ account, app }) => `Desconectar ${account} de ${app}`,
  disconnectNameless: ({ account }) => `Desconectar ${account}`,

  question: {
    title: ({ account }) => `¿Desconectar ${account}?`,
    effect: ({ app }) =>
      `Esta cuenta de ${app} se elimina de inmediato de este producto y de Pipedream. Lo que haya creado con ella dejará de funcionar.`,
    effectOnTwin: ({ app, mark }) =>
      `Esta cuenta de ${app}, ${mark}, se elimina de inmediato de este producto y de Pipedream. Lo que haya creado con ella dejará de funcionar.`,
    keyStays: ({ app }) => `La clave sigue siendo válida en ${app} hasta que la revoque allí.`,
    permissionStays: ({ app }) =>
      `Esto no revoca el permiso que dio en ${app}. Para revocarlo también, abra allí la configuración de su cuenta.`,
    done: ({ account, app }) => `${account} se desconectó de ${app}.`,
    doneNameless: ({ account }) => `${account}: desconectada.`,
    failed: ({ account, reason }) => `No se desconectó ${account}. ${reason}`,
  },
}
