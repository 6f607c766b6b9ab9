import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: 'Conectar',
  connectApp: ({ app }) => `Conectar ${app}`,
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
