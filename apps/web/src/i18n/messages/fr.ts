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
  nowSignedInAs: ({ name }) => `Vous êtes maintenant connecté en tant que ${name}.`,
  signOut: 'Se déconnecter',
  stillSignedIn: ({ reason }) => `Votre session est toujours ouverte. ${reason}`,

  notFound: {
    title: 'Page introuvable',
    why: 'Vérifiez le lien ou accédez à vos comptes.',
    toAccounts: 'Accéder à vos comptes',
  },

  stopped: {
    title: 'Un problème est survenu',
    what: 'Vos comptes ne sont pas touchés. Rechargez la page. Si cela se reproduit, contactez l’assistance.',
    reload: 'Recharger la page',
  },

  justNow: 'à l’instant',
  supportCode: ({ code }) =>
    `Le problème persiste ? Contactez l’assistance en indiquant le code ${code}.`,

  errors: {
    offline: 'Vous êtes hors ligne. Vérifiez votre connexion et réessayez.',
    unreachable: 'Le serveur est injoignable. Vérifiez votre connexion et réessayez.',
    away: 'Le serveur est injoignable pour le moment. Réessayez dans une minute.',
    busy: 'Trop de requêtes. Attendez un instant et réessayez.',
    busyFor: ({ seconds }) =>
      `Trop de requêtes. Réessayez dans ${counted(seconds, { one: '# seconde', other: '# secondes' })}.`,
    broken: 'Un problème est survenu. Réessayez dans un instant.',
    upstreamAway: 'Ce n’est pas disponible pour le moment. Réessayez dans une minute.',
    upstreamRefused: 'L’opération a échoué. Si cela se reproduit, contactez l’assistance.',
    notSignedIn: 'Votre session est fermée. Connectez-vous et réessayez.',
    notAllowed: 'Vous n’avez pas l’autorisation de faire cela.',
    unknownApp: 'Cette application n’est plus disponible.',
    accountNotFound: 'Ce compte a déjà été déconnecté.',
    startedElsewhere:
      'Cette connexion a été commencée dans un autre navigateur ou une autre application. Recommencez ici.',
    flowOver: 'Cette tentative de connexion est terminée. Recommencez.',
  },
}
