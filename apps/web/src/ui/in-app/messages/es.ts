import type { InAppMessages } from '../in-app-messages.ts'

export const messages: InAppMessages = {
  title: 'Abra esta página en su navegador',
  why: 'Está dentro de otra aplicación, donde Google y otros servicios no permiten iniciar sesión. Copie el enlace y péguelo en su navegador.',
  link: 'Enlace a esta página',
  copy: 'Copiar enlace',
  copied: 'Enlace copiado',
}
