import type { HeldMessages } from '../held-messages.ts'

export const messages: HeldMessages = {
  states: {
    checking: 'Vérification…',
    waiting: 'À confirmer',
    notFinished: 'Non terminé',
    finishedElsewhere: 'Bloqué',
    unknownAge: 'Non vérifié',
  },
  waitingWhy:
    'Vous avez commencé cette connexion ici ? Confirmez-la pour utiliser le compte. Les comptes non confirmés ne peuvent pas être utilisés.',
  notFinishedWhy:
    'Vous n’avez pas terminé la connexion de ce compte. Il ne peut donc pas être utilisé.',
  unknownAgeWhy:
    'Nous ne savons pas quand ce compte a été connecté. Il ne peut donc pas être utilisé.',
  keepHere: 'Conservez-le pour l’utiliser, ou supprimez-le.',
  keepElsewhere:
    'Vous pouvez le conserver dans le navigateur ou l’application où vous avez commencé, dès qu’aucune connexion n’y est en cours. Ou supprimez-le.',
  finishedElsewhereWhy: ({ code }) =>
    `Un autre navigateur ou une autre personne a terminé la connexion de ce compte. Vous pouvez seulement le supprimer. S’il est à vous, contactez l’assistance avec le code ${code}.`,

  confirm: 'Confirmer',
  confirmAccount: ({ account, app }) => `Confirmer ${account} (${app})`,
  confirmNameless: ({ account }) => `Confirmer ${account}`,
  keep: 'Conserver',
  keepAccount: ({ account, app }) => `Conserver ${account} (${app})`,
  keepNameless: ({ account }) => `Conserver ${account}`,
  kept: ({ account }) => `Vous pouvez maintenant utiliser ${account}.`,

  removal: {
    act: 'Supprimer',
    named: ({ account, app }) => `Supprimer ${account} (${app})`,
    nameless: ({ account }) => `Supprimer ${account}`,
    title: ({ account }) => `Supprimer ${account} ?`,
    effect: ({ app }) =>
      `Nous allons supprimer ce compte ${app} et ses identifiants immédiatement.`,
    effectOnOneOfMany: ({ app, which }) =>
      `Nous allons supprimer ce compte ${app} (${which}) et ses identifiants immédiatement.`,
    done: ({ account, app }) => `${account} (${app}) a été supprimé.`,
    doneNameless: ({ account }) => `${account} a été supprimé.`,
    failed: ({ account, reason }) => `${account} n’a pas été supprimé. ${reason}`,
  },

  refusals: {
    StartedElsewhere:
      'Vous ne pouvez conserver ce compte que dans le navigateur ou l’application où vous avez commencé la connexion.',
    FinishedElsewhere:
      'Un autre navigateur ou une autre personne a terminé la connexion de ce compte. Supprimez-le.',
    FlowStillOpen: 'Cette connexion est encore en cours. Terminez-la ou annulez-la d’abord.',
    RemovalInProgress: 'Ce compte est en cours de suppression. Réessayez dans une minute.',
  },
}
