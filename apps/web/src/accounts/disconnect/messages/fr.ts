import type { DisconnectMessages } from '../disconnect-messages.ts'

export const messages: DisconnectMessages = {
  title: ({ account }) => `Déconnecter ${account} ?`,
  effect: ({ app }) =>
    `Nous allons supprimer ce compte ${app} immédiatement. Tout ce qui l’utilise cessera de fonctionner.`,
  effectOnOneOfMany: ({ app, which }) =>
    `Nous allons supprimer ce compte ${app} (${which}) immédiatement. Tout ce qui l’utilise cessera de fonctionner.`,
  keyStays: ({ app }) => `La clé reste valable chez ${app} tant que vous ne l’y révoquez pas.`,
  permissionStays: ({ app }) =>
    `Pour révoquer aussi l’accès chez ${app}, ouvrez les paramètres de votre compte ${app}.`,
  done: ({ account, app }) => `${account} a été déconnecté de ${app}.`,
  doneNameless: ({ account }) => `${account} : déconnecté.`,
  failed: ({ account, reason }) => `${account} n’a pas été déconnecté. ${reason}`,
  errors: {
    upstreamAway:
      'Il est impossible de déconnecter des comptes pour le moment. Réessayez dans une minute.',
  },
}
