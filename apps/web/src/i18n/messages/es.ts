import type { CommonMessages } from '../common-messages.ts'
import { countedIn } from '../counted.ts'

const counted = countedIn('es')

export const messages: CommonMessages = {
  tryAgain: 'Reintentar',
  dismiss: 'Cerrar',
  cancel: 'Cancelar',
  loading: 'Cargando',
  notifications: 'Notificaciones',
  chooseLanguage: 'Idioma',

  pages: 'Páginas',
  accounts: 'Cuentas',
  activity: 'Actividad',
  operator: 'Operación',
  signedInAs: 'Sesión iniciada como',
  nowSignedInAs: ({ name }) => `Ahora la sesión es de ${name}.`,
  signOut: 'Cerrar sesión',
  stillSignedIn: ({ reason }) => `Su sesión sigue abierta. ${reason}`,

  notFound: {
    title: 'Página no encontrada',
    why: 'Compruebe el enlace o vaya a sus cuentas.',
    toAccounts: 'Ir a sus cuentas',
  },

  stopped: {
    title: 'Algo ha fallado',
    what: 'Sus cuentas no se ven afectadas. Recargue la página. Si vuelve a ocurrir, contacte con soporte.',
    reload: 'Recargar la página',
  },

  justNow: 'ahora mismo',
  supportCode: ({ code }) =>
    `¿Sigue sin funcionar? Contacte con soporte e indique el código ${code}.`,

  errors: {
    offline: 'No tiene conexión. Compruébela e inténtelo de nuevo.',
    unreachable:
      'No podemos contactar con el servidor. Compruebe su conexión e inténtelo de nuevo.',
    away: 'Ahora no podemos contactar con el servidor. Inténtelo de nuevo en un minuto.',
    busy: 'Demasiadas solicitudes. Espere un momento e inténtelo de nuevo.',
    busyFor: ({ seconds }) =>
      `Demasiadas solicitudes. Inténtelo de nuevo en ${counted(seconds, { one: '# segundo', other: '# segundos' })}.`,
    broken: 'Algo ha fallado. Inténtelo de nuevo en un momento.',
    upstreamAway: 'No está disponible en este momento. Inténtelo de nuevo en un minuto.',
    upstreamRefused: 'No hemos podido hacerlo. Si vuelve a ocurrir, contacte con soporte.',
    notSignedIn: 'Su sesión está cerrada. Inicie sesión e inténtelo de nuevo.',
    notAllowed: 'No tiene permiso para hacerlo.',
    unknownApp: 'Esta aplicación ya no está disponible.',
    accountNotFound: 'Esta cuenta ya se ha desconectado.',
    startedElsewhere:
      'Esta conexión se inició en otro navegador u otra aplicación. Empiece de nuevo aquí.',
    flowOver: 'Este intento de conexión ha terminado. Empiece de nuevo.',
  },
}
