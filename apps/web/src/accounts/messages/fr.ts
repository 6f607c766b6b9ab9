import type { AccountsMessages } from '../accounts-messages.ts'

export const messages: AccountsMessages = {
  purpose: 'Les comptes que ce produit peut utiliser pour vous.',
  yourAccounts: 'Vos comptes',
  loadingAccounts: 'Chargement de vos comptes',
  moreAccounts: 'Afficher plus de comptes',
  outdated: ({ reason }) => `Cette liste n’a pas pu être mise à jour. ${reason}`,
  staleSince: ({ age }) =>
    `Pipedream est injoignable pour le moment. Voici l’état de vos comptes ${age}.`,

  noAccounts: 'Aucun compte pour l’instant',
  chooseApp: 'Choisissez une application pour connecter votre premier compte.',
  popularApps: 'Applications populaires à connecter',

  accountOf: ({ app }) => `Compte ${app}`,
  connectedAge: ({ age }) => `connecté ${age}`,
  refreshedAge: ({ age }) => `renouvelé ${age}`,
  connectedAt: ({ instant }) => `connecté le ${instant}`,

  healthy: 'En état de marche',
  needsAttention: 'À surveiller',
  reconnectNeeded: 'Reconnexion nécessaire',
  checking: 'Vérification en cours',
  waiting: 'En attente de confirmation',
  waitingWhy:
    'Si vous l’avez connecté dans ce navigateur, confirmez-le. D’ici là, personne ne peut l’utiliser, et il est supprimé si personne ne le fait.',
  confirm: 'Confirmer',
  confirmAccount: ({ account, app }) => `Confirmer ${account} de ${app}`,
  confirmNameless: ({ account }) => `Confirmer ${account}`,

  add: 'Ajouter un compte',
  addAnother: ({ app }) => `Ajouter un compte : ${app}`,
  reconnect: 'Reconnecter',
  reconnectAccount: ({ account, app }) => `Reconnecter ${account} à ${app}`,
  reconnectNameless: ({ account }) => `Reconnecter ${account}`,
  disconnect: 'Déconnecter',
  disconnectAccount: ({ account, app }) => `Déconnecter ${account} de ${app}`,
  disconnectNameless: ({ account }) => `Déconnecter ${account}`,

  question: {
    title: ({ account }) => `Déconnecter ${account} ?`,
    effect: ({ app }) =>
      `Ce compte ${app} est supprimé immédiatement de ce produit et de Pipedream. Ce que vous avez bâti dessus cesse de fonctionner.`,
    effectOnTwin: ({ app, mark }) =>
      `Ce compte ${app}, ${mark}, est supprimé immédiatement de ce produit et de Pipedream. Ce que vous avez bâti dessus cesse de fonctionner.`,
    keyStays: ({ app }) =>
      `La clé elle-même reste valable chez ${app} tant que vous ne l’y révoquez pas.`,
    permissionStays: ({ app }) =>
      `L’autorisation que vous avez donnée chez ${app} n’est pas révoquée. Pour la révoquer aussi, ouvrez-y les réglages de votre compte.`,
    done: ({ account, app }) => `${account} a été déconnecté de ${app}.`,
    doneNameless: ({ account }) => `${account} : déconnecté.`,
    failed: ({ account, reason }) => `${account} n’a pas été déconnecté. ${reason}`,
  },
}
