import type { FlowMessages } from '../flow-messages.ts'

export const messages: FlowMessages = {
  dialogLabels: { dialog: 'Connecter un compte', close: 'Fermer' },

  flow: {
    preparingAloud: 'Préparation de la connexion.',
    openAloud: 'Terminez la connexion dans la boîte de dialogue.',
    confirmingAloud: 'Vérification du nouveau compte.',
    connected: ({ app }) => `${app} est connecté.`,
    connectedAs: ({ app, account }) => `${app} est connecté en tant que ${account}.`,
    reconnected: ({ app }) => `${app} est reconnecté.`,
    reconnectedAs: ({ app, account }) => `${app} est reconnecté en tant que ${account}.`,
    cancelled: ({ app }) => `${app} n’a pas été connecté.`,
    reconnectCancelled: ({ app }) => `${app} n’a pas été reconnecté.`,
    failed: ({ app, reason }) => `${app} n’a pas été connecté. ${reason}`,
    reconnectFailed: ({ app, reason }) => `${app} n’a pas été reconnecté. ${reason}`,
    badResponse:
      'Nous n’avons pas pu déterminer quel compte a été connecté. Rechargez la page pour vérifier.',
    loadFailed:
      'La boîte de dialogue de connexion ne s’est pas chargée. Vérifiez votre connexion et vos bloqueurs de contenu, puis réessayez.',
    frameBlocked:
      'La page de connexion ne peut pas s’afficher ici. Continuez dans un nouvel onglet.',
    expired: 'Cette connexion a expiré. Réessayez.',
    popupBlocked:
      'Votre navigateur a bloqué le nouvel onglet. Autorisez les fenêtres surgissantes pour ce site, puis réessayez.',
    openTab: 'Continuer dans un nouvel onglet',
    cutOff: ({ app }) =>
      `La connexion de ${app} a été interrompue. Si la fenêtre de connexion est encore ouverte, terminez-y.`,
    timeout: 'Cela a pris trop de temps. Réessayez.',
  },
  errors: {
    upstreamAway:
      'Il est impossible de connecter de nouveaux comptes pour le moment. Vos connexions existantes ne sont pas touchées. Réessayez dans une minute.',
  },
}
