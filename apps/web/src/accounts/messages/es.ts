import { countedIn } from '../../i18n/counted.ts'
import type { AccountsMessages } from '../accounts-messages.ts'

const counted = countedIn('es')

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

  connect: 'Conectar',
  connectApp: ({ app }) => `Conectar ${app}`,
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

  catalogue: {
    title: 'Conectar una aplicación',
    search: 'Buscar aplicaciones',
    category: 'Categoría',
    everyCategory: 'Todas las categorías',
    apps: 'Aplicaciones',
    loading: 'Cargando aplicaciones',
    more: 'Mostrar más aplicaciones',
    app: 'Aplicación',
    found: ({ count }) => counted(count, { one: '# aplicación', other: '# aplicaciones' }),
    foundMore: ({ count }) =>
      counted(count, { one: 'más de # aplicación', other: 'más de # aplicaciones' }),
    connected: ({ count }) => counted(count, { one: '# conectada', other: '# conectadas' }),
    nothing: ({ search }) => `Ninguna aplicación coincide con «${search}»`,
    nothingWhy: 'Revise la ortografía o busque una parte del nombre.',
  },

  flow: {
    preparing: 'Preparando…',
    open: 'Esperándole…',
    confirming: 'Comprobando…',
    preparingAloud: 'Preparando la conexión.',
    openAloud: 'Esperando a que termine en la ventana que se abrió.',
    confirmingAloud: 'Comprobando la cuenta nueva.',
    connected: ({ app }) => `${app} está conectado.`,
    connectedAs: ({ app, account }) => `${app} está conectado como ${account}.`,
    reconnected: ({ app }) => `${app} se reconectó.`,
    reconnectedAs: ({ app, account }) => `${app} se reconectó como ${account}.`,
    cancelled: ({ app }) => `No se conectó ${app}. No ha cambiado nada.`,
    reconnectCancelled: ({ app }) => `No se reconectó ${app}. No ha cambiado nada.`,
    failed: ({ app, reason }) => `No se conectó ${app}. ${reason}`,
    reconnectFailed: ({ app, reason }) => `No se reconectó ${app}. ${reason}`,
    badResponse: 'Pipedream no dijo qué cuenta se conectó. Recargue esta página para ver si está.',
    loadFailed:
      'La página de Pipedream no se pudo abrir aquí. Compruebe su conexión y los bloqueadores de contenido, e inténtelo de nuevo.',
    frameBlocked:
      'Su página de inicio de sesión no se puede mostrar dentro de esta. Continúe en otra pestaña.',
    expired: 'La conexión estuvo abierta demasiado tiempo y caducó. Inténtelo de nuevo.',
    popupBlocked:
      'El navegador bloqueó la pestaña nueva. Permita las ventanas emergentes de este sitio e inténtelo de nuevo.',
    openTab: 'Continuar en otra pestaña',
    cutOff: ({ app }) =>
      `La conexión de ${app} se interrumpió al recargar esta página. Si su ventana sigue abierta, puede terminar allí.`,
    timeout: 'Tardó demasiado. Inténtelo de nuevo cuando tenga un momento.',
  },
}
