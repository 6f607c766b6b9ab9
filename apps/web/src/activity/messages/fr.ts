import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: 'Ce qui est arrivé à vos comptes connectés, du plus récent au plus ancien.',
  loading: 'Chargement de votre activité',
  nothing: 'Il ne s’est encore rien passé',
  nothingWhy: 'Quand vous connecterez un compte, cela apparaîtra ici.',
  earlier: 'Afficher l’activité antérieure',
  steps: 'Étapes',
  outdated: ({ reason }) => `Cette liste n’a pas pu être actualisée. ${reason}`,
  code: ({ code }) => `Code d’assistance ${code}`,
  someApp: 'une application',

  events: {
    FLOW_CREATED: ({ app }) => `L’autorisation de connecter ${app} a été préparée.`,
    FLOW_OPENED: ({ app }) => `Vous avez commencé à connecter ${app}.`,
    FLOW_REFUSED: ({ app }) => `La connexion à ${app} n’a pas pu commencer.`,
    FLOW_SUCCEEDED: ({ app }) => `Vous avez connecté ${app}.`,
    FLOW_FAILED: ({ app }) => `La connexion à ${app} a échoué.`,
    FLOW_CANCELLED: ({ app }) => `Vous avez annulé la connexion à ${app}.`,
    FLOW_EXPIRED: ({ app }) => `La connexion à ${app} n’a pas été terminée à temps.`,
    FLOW_REVOKED: ({ app }) =>
      `Un autre navigateur a tenté de terminer la connexion à ${app} ; elle a été arrêtée.`,
    CONFIRMATION_REFUSED: ({ app }) =>
      `Une tentative de confirmer la connexion à ${app} a été refusée.`,
    ACCOUNT_HELD: 'Le nouveau compte attendait d’être confirmé.',
    ACCOUNT_RELEASED: 'Le nouveau compte a été confirmé.',
    ACCOUNT_REMOVED: 'Un nouveau compte a été supprimé, car personne ne l’a confirmé.',
    ACCOUNT_DISCONNECTED: ({ app }) => `Un compte ${app} a été déconnecté.`,
    DISCONNECTION_ORDERED: 'Un opérateur de ce produit a ordonné de déconnecter des comptes.',
    DISCONNECTION_REFUSED: ({ app }) => `Un compte ${app} n’a pas pu être déconnecté.`,
    ACCOUNT_HEALTH_CHANGED: ({ app }) => `L’état d’un compte ${app} a changé.`,
    CONNECT_TOKEN_CREATED: 'Une page a reçu l’autorisation de connecter des comptes pour vous.',
    ACCESS_TOKEN_CREATED: 'Vous avez reçu un jeton d’accès à tout l’espace de travail.',
    ACCESS_TOKEN_REFUSED: 'Un jeton d’accès à tout l’espace de travail a été refusé.',
  },
}
