import type { InAppMessages } from '../in-app-messages.ts'

export const messages: InAppMessages = {
  title: 'Ouvrez cette page dans votre navigateur',
  why: 'Vous êtes dans une autre application, où Google et d’autres services n’autorisent pas la connexion. Copiez le lien et collez-le dans votre navigateur.',
  link: 'Lien vers cette page',
  copy: 'Copier le lien',
  copied: 'Lien copié',
}
