import type { FlowMessages } from '../flow-messages.ts'

export const messages: FlowMessages = {
  dialogLabels: { dialog: 'Conectar una cuenta', close: 'Cerrar' },

  flow: {
    preparingAloud: 'Preparando la conexión.',
    openAloud: 'Termine la conexión en el cuadro de diálogo.',
    confirmingAloud: 'Comprobando la cuenta nueva.',
    connected: ({ app }) => `${app} está conectado.`,
    connectedAs: ({ app, account }) => `${app} está conectado como ${account}.`,
    reconnected: ({ app }) => `${app} se ha reconectado.`,
    reconnectedAs: ({ app, account }) => `${app} se ha reconectado como ${account}.`,
    cancelled: ({ app }) => `No se ha conectado ${app}.`,
    reconnectCancelled: ({ app }) => `No se ha reconectado ${app}.`,
    failed: ({ app, reason }) => `No se ha conectado ${app}. ${reason}`,
    reconnectFailed: ({ app, reason }) => `No se ha reconectado ${app}. ${reason}`,
    badResponse:
      'No hemos podido saber qué cuenta se ha conectado. Recargue la página para comprobarlo.',
    loadFailed:
      'El cuadro de conexión no se ha cargado. Compruebe su conexión y los bloqueadores de contenido, e inténtelo de nuevo.',
    frameBlocked:
      'La página de inicio de sesión no se puede mostrar aquí. Continúe en otra pestaña.',
    expired: 'Esta conexión ha caducado. Inténtelo de nuevo.',
    popupBlocked:
      'Su navegador ha bloqueado la pestaña nueva. Permita las ventanas emergentes de este sitio e inténtelo de nuevo.',
    openTab: 'Continuar en otra pestaña',
    cutOff: ({ app }) =>
      `La conexión de ${app} se interrumpió. Si la ventana de inicio de sesión sigue abierta, termine allí.`,
    timeout: 'Ha tardado demasiado. Inténtelo de nuevo.',
  },
  errors: {
    upstreamAway:
      'Ahora no podemos conectar cuentas nuevas. Sus conexiones actuales no se ven afectadas. Inténtelo de nuevo en un minuto.',
  },
}
