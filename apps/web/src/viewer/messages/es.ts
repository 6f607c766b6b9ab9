import type { SignInMessages } from '../sign-in-messages.ts'

export const messages: SignInMessages = {
  title: 'Iniciar sesión',
  wasSignedOut: 'Se ha cerrado su sesión. Iníciela de nuevo para continuar.',
  purpose: 'Conecte las aplicaciones que usa, compruebe su estado y desconéctelas cuando quiera.',
  name: 'Nombre',
  noName: 'Escriba un nombre.',
  asOperator: 'Iniciar sesión como operador',
  asOperatorWhy: 'Ver todos los intentos de conexión y usar la API de operadores',
  submit: 'Iniciar sesión',
  demo: 'Inicio de sesión de demostración: use cualquier nombre. Cada nombre tiene sus propias cuentas.',
  code: 'Código de inicio',
  codeWhy: 'El gateway lo muestra en su terminal, junto a un enlace que lo rellena.',
  coded:
    'Inicio de sesión de demostración: use cualquier nombre. Cada nombre tiene sus propias cuentas en el proyecto de Pipedream.',
  unset:
    'Todavía nadie puede iniciar sesión. Si solo usted usa este gateway, en este equipo, ponga DEMO_SIGN_IN=on en .env.local y reinícielo. Si otras personas pueden acceder a él, configure su inicio de sesión con AUTH_JWKS_URL.',
  off: 'No puede iniciar sesión en esta página. Inicie sesión en el producto que le ha traído aquí.',
}
