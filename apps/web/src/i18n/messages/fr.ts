import type { CommonMessages } from '../common-messages.ts'
import { countedIn } from '../counted.ts'

const counted = countedIn('fr')

export const messages: CommonMessages = {
  tryAgain: 'Réessayer',
  dismiss: 'Fermer',
  cancel: 'Annuler',
  loading: 'Chargement',
  notifications: 'Notifications',
  chooseLanguage: 'Langue',

  pages: 'Pages',
  accounts: 'Comptes',
  activity: 'Activité',
  operator: 'Exploitation',
  signedInAs: 'Connecté en tant que',
  signOut: 'Se déconnecter',
  stillSignedIn: ({ reason }) => `Votre session est toujours ouverte. ${reason}`,

  signIn: {
    title: 'Se connecter',
    wasSignedOut: 'Votre session a été fermée. Reconnectez-vous pour continuer.',
    purpose:
      'Connectez les applications que vous utilisez, vérifiez qu’elles fonctionnent et déconnectez-les à tout moment.',
    name: 'Nom',
    noName: 'Saisissez un nom pour vous connecter.',
    asOperator: 'en tant qu’exploitant',
    asOperatorWhy: 'pour voir toutes les tentatives et essayer l’API des exploitants',
    submit: 'Se connecter',
    demo: 'Ceci est une connexion de démonstration : n’importe quel nom convient, et chaque nom a ses propres comptes.',
  },

  inApp: {
    title: 'Ouvrez cette page dans votre navigateur',
    why: 'Vous êtes dans une autre application, où Google et d’autres services n’autorisent pas la connexion. Copiez le lien et collez-le dans votre navigateur.',
    link: 'Lien vers cette page',
    copy: 'Copier le lien',
    copied: 'Lien copié',
  },

  notFound: {
    title: 'Il n’y a rien à cette adresse',
    why: 'Le lien est peut-être ancien ou mal saisi.',
    toAccounts: 'Aller à vos comptes',
  },

  stopped: {
    title: 'Cette page a cessé de fonctionner',
    what: 'Vos comptes ne sont pas touchés. Rechargez la page ; si cela se reproduit, prévenez notre assistance.',
    reload: 'Recharger la page',
  },

  justNow: 'à l’instant',
  supportCode: ({ code }) =>
    `Si cela se reproduit, communiquez ce code à notre assistance : ${code}`,

  errors: {
    offline: 'Vous êtes hors ligne. Vérifiez votre connexion, puis réessayez.',
    unreachable: 'Le serveur est injoignable. Vérifiez votre connexion, puis réessayez.',
    away: 'Le serveur est injoignable pour le moment. Attendez un peu, puis réessayez.',
    busy: 'Trop de requêtes en peu de temps. Attendez un instant, puis réessayez.',
    busyFor: ({ seconds }) =>
      `Trop de requêtes en peu de temps. Réessayez dans ${counted(seconds, { one: '# seconde', other: '# secondes' })}.`,
    broken: 'Un problème est survenu de notre côté. Réessayez dans un instant.',
    upstreamAway:
      'Pipedream est injoignable pour le moment. Vos comptes connectés sont en sécurité ; réessayez dans un instant.',
    upstreamRefused:
      'Pipedream a refusé la requête. Si cela se reproduit, prévenez notre assistance.',
    notSignedIn: 'Personne n’est connecté. Connectez-vous, puis réessayez.',
    notAllowed: 'Vous n’avez pas le droit de faire cela.',
    unknownApp: 'Cette application n’est plus dans le catalogue.',
    accountNotFound: 'Ce compte ne fait plus partie des vôtres. Il a peut-être été déconnecté.',
    startedElsewhere:
      'Cette connexion a été commencée dans un autre navigateur et ne peut pas être terminée ici. Recommencez dans celui-ci.',
    flowOver: 'Cette tentative de connexion est terminée. Recommencez.',
  },
}
