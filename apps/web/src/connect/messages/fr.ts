import type { ConnectMessages } from '../connect-messages.ts'

export const messages: ConnectMessages = {
  connect: 'Connecter',
  connectApp: ({ app }) => `Connecter ${app}`,
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
