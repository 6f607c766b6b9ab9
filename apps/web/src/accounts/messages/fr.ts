import type { AccountsMessages } from '../accounts-messages.ts'

export const messages: AccountsMessages = {
  purpose: 'Les applications que vous avez connectées.',
  yourAccounts: 'Vos comptes',
  loadingAccounts: 'Chargement de vos comptes',
  moreAccounts: 'Afficher plus de comptes',
  outdated: ({ reason }) => `Cette liste n’a pas pu être actualisée. ${reason}`,
  staleSince: ({ age }) =>
    `Vos comptes ne peuvent pas être actualisés pour le moment. Dernière actualisation : ${age}.`,

  noAccounts: 'Aucun compte pour l’instant',
  connectFirst: 'Connectez une application pour commencer.',
  popularApps: 'Applications populaires',

  accountOf: ({ app }) => `Compte ${app}`,
  connectedAge: ({ age }) => `Connecté ${age}`,
  refreshedAge: ({ age }) => `Dernière synchronisation : ${age}`,
  connectedAt: ({ instant }) => `Connecté le ${instant}`,
  connectedAtInline: ({ instant }) => `connecté le ${instant}`,

  healthy: 'Opérationnel',
  needsAttention: 'À vérifier',
  reconnectNeeded: 'Reconnexion nécessaire',

  add: 'Ajouter un compte',
  addAnother: ({ app }) => `Ajouter un compte : ${app}`,
  reconnect: 'Reconnecter',
  reconnectAccount: ({ account, app }) => `Reconnecter ${account} à ${app}`,
  reconnectNameless: ({ account }) => `Reconnecter ${account}`,

  disconnection: {
    act: 'Déconnecter',
    named: ({ account, app }) => `Déconnecter ${account} de ${app}`,
    nameless: ({ account }) => `Déconnecter ${account}`,
  },
}
