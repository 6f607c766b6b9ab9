import type { ActivityMessages } from '../activity-messages.ts'

export const messages: ActivityMessages = {
  purpose: 'Activité récente de vos comptes connectés.',
  loading: 'Chargement de votre activité',
  nothing: 'Aucune activité pour l’instant',
  nothingWhy: 'Les connexions et déconnexions apparaîtront ici.',
  earlier: 'Afficher l’activité antérieure',
  steps: 'Étapes',
  outdated: ({ reason }) => `Cette liste n’a pas pu être actualisée. ${reason}`,
  code: ({ code }) => `Code d’assistance ${code}`,
  more: ({ sentence, count }) => `${sentence} (${count} de plus)`,
  someApp: 'une application',

  events: {
    FLOW_CREATED: ({ app }) => `La connexion à ${app} a été préparée.`,
    FLOW_OPENED: ({ app }) => `Vous avez commencé à connecter ${app}.`,
    FLOW_REFUSED: ({ app }) => `La connexion à ${app} n’a pas pu commencer.`,
    FLOW_SUCCEEDED: ({ app }) => `Vous avez connecté ${app}.`,
    FLOW_FAILED: ({ app }) => `La connexion à ${app} a échoué.`,
    FLOW_CANCELLED: ({ app }) => `Vous avez annulé la connexion à ${app}.`,
    FLOW_EXPIRED: ({ app }) => `La connexion à ${app} a expiré.`,
    FLOW_REVOKED: ({ app }) =>
      `Nous avons arrêté la connexion à ${app}, car un autre navigateur ou une autre personne a tenté de la terminer.`,
    CONFIRMATION_REFUSED: ({ app }) => `La connexion à ${app} n’a pas pu être confirmée.`,
    ACCOUNT_DISCONNECTED: ({ app }) => `Votre compte ${app} a été déconnecté.`,
    DISCONNECTION_ORDERED: 'Un administrateur a déconnecté certains de vos comptes.',
    DISCONNECTION_REFUSED: ({ app }) => `Un compte n’a pas pu être déconnecté de ${app}.`,
    ACCESS_TOKEN_CREATED: 'Vous avez créé un jeton d’accès à l’espace de travail.',
    ACCESS_TOKEN_REFUSED: 'Votre demande d’accès à l’espace de travail a été refusée.',
  },

  held: {
    not_confirmed: ({ app }) => `Votre nouveau compte ${app} devait être confirmé.`,
    not_finished: ({ app }) =>
      `Votre compte ${app} ne peut pas être utilisé, car vous n’avez pas terminé sa connexion.`,
    finished_elsewhere: ({ app }) =>
      `Nous avons bloqué un compte ${app}, car un autre navigateur ou une autre personne a terminé sa connexion.`,
    unknown_age: ({ app }) =>
      `Votre compte ${app} ne peut pas être utilisé, car nous ne savons pas quand il a été connecté.`,
  },
  released: {
    confirmed: ({ app }) => `Votre nouveau compte ${app} a été confirmé.`,
    kept: ({ app }) => `Vous avez conservé votre compte ${app}.`,
    released: ({ app }) => `Un administrateur a débloqué votre compte ${app}.`,
  },
  removed: {
    not_confirmed: ({ app }) =>
      `Nous avons supprimé un nouveau compte ${app}, car il n’a pas été confirmé.`,
    finished_elsewhere: ({ app }) =>
      `Nous avons supprimé un compte ${app}, car un autre navigateur ou une autre personne a terminé sa connexion.`,
    disconnected: ({ app }) => `Votre compte ${app} non confirmé a été supprimé.`,
  },

  health: {
    dead: ({ app }) => `Votre compte ${app} doit être reconnecté.`,
    unhealthy: ({ app }) => `Votre compte ${app} est à vérifier.`,
    healthy: ({ app }) => `Votre compte ${app} fonctionne à nouveau.`,
  },
  accountDisconnected: 'L’un de vos comptes a été déconnecté.',
}
