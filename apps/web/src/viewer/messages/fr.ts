import type { SignInMessages } from '../sign-in-messages.ts'

export const messages: SignInMessages = {
  title: 'Se connecter',
  wasSignedOut: 'Votre session a été fermée. Connectez-vous pour continuer.',
  purpose:
    'Connectez les applications que vous utilisez, vérifiez leur état et déconnectez-les à tout moment.',
  name: 'Nom',
  noName: 'Saisissez un nom.',
  asOperator: 'Se connecter en tant qu’exploitant',
  asOperatorWhy: 'Voir toutes les tentatives de connexion et utiliser l’API des exploitants',
  submit: 'Se connecter',
  demo: 'Connexion de démonstration : utilisez n’importe quel nom. Chaque nom a ses propres comptes.',
  code: 'Code de démarrage',
  codeWhy: 'La passerelle l’affiche dans son terminal, à côté d’un lien qui le remplit.',
  coded:
    'Connexion de démonstration : utilisez n’importe quel nom. Chaque nom a ses propres comptes dans le projet Pipedream.',
  unset:
    'Personne ne peut encore se connecter. Si vous êtes seul à utiliser cette passerelle, sur cet ordinateur, indiquez DEMO_SIGN_IN=on dans .env.local et redémarrez-la. Si d’autres personnes y accèdent, configurez leur connexion avec AUTH_JWKS_URL.',
  off: 'Vous ne pouvez pas vous connecter sur cette page. Connectez-vous au produit qui vous a amené ici.',
}
