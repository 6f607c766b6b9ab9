import { countedIn } from '../../i18n/counted.ts'
import type { AccountsMessages } from '../accounts-messages.ts'

const counted = countedIn('fr')

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

  connect: 'Connecter',
  connectApp: ({ app }) => `Connecter ${app}`,
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

  catalogue: {
    title: 'Connecter une application',
    search: 'Rechercher une application',
    category: 'Catégorie',
    everyCategory: 'Toutes les catégories',
    apps: 'Applications',
    loading: 'Chargement des applications',
    more: 'Afficher plus d’applications',
    app: 'Application',
    found: ({ count }) => counted(count, { one: '# application', other: '# applications' }),
    foundMore: ({ count }) =>
      counted(count, { one: 'plus de # application', other: 'plus de # applications' }),
    connected: ({ count }) => counted(count, { one: '# connecté', other: '# connectés' }),
    nothing: ({ search }) => `Aucune application ne correspond à « ${search} »`,
    nothingWhy: 'Vérifiez l’orthographe ou cherchez une partie du nom.',
  },

  flow: {
    preparing: 'Préparation…',
    open: 'En attente de vous…',
    confirming: 'Vérification…',
    preparingAloud: 'Préparation de la connexion.',
    openAloud: 'En attente que vous terminiez dans la fenêtre ouverte.',
    confirmingAloud: 'Vérification du nouveau compte.',
    connected: ({ app }) => `${app} est connecté.`,
    connectedAs: ({ app, account }) => `${app} est connecté en tant que ${account}.`,
    reconnected: ({ app }) => `${app} est reconnecté.`,
    reconnectedAs: ({ app, account }) => `${app} est reconnecté en tant que ${account}.`,
    cancelled: ({ app }) => `${app} n’a pas été connecté. Rien n’a changé.`,
    reconnectCancelled: ({ app }) => `${app} n’a pas été reconnecté. Rien n’a changé.`,
    failed: ({ app, reason }) => `${app} n’a pas été connecté. ${reason}`,
    reconnectFailed: ({ app, reason }) => `${app} n’a pas été reconnecté. ${reason}`,
    badResponse:
      'Pipedream n’a pas dit quel compte a été connecté. Rechargez cette page pour voir s’il est là.',
    loadFailed:
      'La page de Pipedream n’a pas pu s’ouvrir ici. Vérifiez votre connexion et vos bloqueurs de contenu, puis réessayez.',
    frameBlocked:
      'Sa page de connexion ne peut pas s’afficher dans celle-ci. Continuez dans un nouvel onglet.',
    expired: 'La connexion est restée ouverte trop longtemps et a expiré. Réessayez.',
    popupBlocked:
      'Le navigateur a bloqué le nouvel onglet. Autorisez les fenêtres surgissantes pour ce site, puis réessayez.',
    openTab: 'Continuer dans un nouvel onglet',
    cutOff: ({ app }) =>
      `La connexion de ${app} a été interrompue par le rechargement de cette page. Si sa fenêtre est encore ouverte, vous pouvez y terminer.`,
    timeout: 'Cela a pris trop de temps. Réessayez quand vous aurez un moment.',
  },
}
