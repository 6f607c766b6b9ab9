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
  signOut: 'Cerrar sesión',
  stillSignedIn: ({ reason }) => `Su sesión sigue abierta. ${reason}`,

  signIn: {
    title: 'Iniciar sesión',
    wasSignedOut: 'Se cerró su sesión. Iníciela de nuevo para continuar.',
    purpose:
      'Conecte las aplicaciones con las que trabaja, compruebe que funcionan y desconéctelas cuando quiera.',
    name: 'Nombre',
    noName: 'Escriba un nombre para iniciar sesión.',
    asOperator: 'como operador',
    asOperatorWhy: 'para ver todos los intentos y probar la API de los operadores',
    submit: 'Iniciar sesión',
    demo: 'Este inicio de sesión es de demostración: sirve cualquier nombre, y cada nombre tiene sus propias cuentas.',
  },

  inApp: {
    title: 'Abra esta página en su navegador',
    why: 'Está dentro de otra aplicación, donde Google y otros servicios no permiten iniciar sesión. Copie el enlace y péguelo en su navegador.',
    link: 'Enlace a esta página',
    copy: 'Copiar enlace',
    copied: 'Enlace copiado',
  },

  notFound: {
    title: 'No hay nada en esta dirección',
    why: 'Puede que el enlace sea antiguo o esté mal escrito.',
    toAccounts: 'Ir a sus cuentas',
  },

  stopped: {
    title: 'Esta página dejó de funcionar',
    what: 'Sus cuentas no se ven afectadas. Recargue la página; si vuelve a ocurrir, avise a nuestro soporte.',
    reload: 'Recargar la página',
  },

  justNow: 'ahora mismo',
  supportCode: ({ code }) => `Si vuelve a ocurrir, indique este código a nuestro soporte: ${code}`,

  errors: {
    offline: 'No tiene conexión. Compruébela e inténtelo de nuevo.',
    unreachable:
      'No se puede contactar con el servidor. Compruebe su conexión e inténtelo de nuevo.',
    away: 'Ahora no se puede contactar con el servidor. Espere un poco e inténtelo de nuevo.',
    busy: 'Demasiadas solicitudes en poco tiempo. Espere un momento e inténtelo de nuevo.',
    busyFor: ({ seconds }) =>
      `Demasiadas solicitudes en poco tiempo. Inténtelo de nuevo en ${counted(seconds, { one: '# segundo', other: '# segundos' })}.`,
    broken: 'Algo falló por nuestra parte. Inténtelo de nuevo en un momento.',
    upstreamAway:
      'Ahora no se puede contactar con Pipedream. Sus cuentas conectadas están a salvo; inténtelo de nuevo en un momento.',
    upstreamRefused:
      'Pipedream rechazó la solicitud. Si vuelve a ocurrir, avise a nuestro soporte.',
    notSignedIn: 'Nadie ha iniciado sesión. Inicie sesión e inténtelo de nuevo.',
    notAllowed: 'No tiene permiso para hacerlo.',
    unknownApp: 'Esta aplicación ya no está en el catálogo.',
    accountNotFound: 'Esta cuenta ya no está entre las suyas. Puede que se haya desconectado.',
    startedElsewhere:
      'Esta conexión se inició en otro navegador y no puede terminarse aquí. Empiece de nuevo en este.',
    flowOver: 'Este intento de conexión ha terminado. Empiece de nuevo.',
  },
}
