import type { Proof } from './proof.ts'
import { accountProofs } from './proofs/accounts.ts'
import { appOverrideProofs } from './proofs/app-overrides.ts'
import { catalogueProofs } from './proofs/catalogue.ts'
import { componentProofs } from './proofs/components.ts'
import { deployedTriggerProofs } from './proofs/deployed-triggers.ts'
import { oauthAppProofs } from './proofs/oauth-apps.ts'
import { projectProofs } from './proofs/projects.ts'
import { proxyProofs } from './proofs/proxy.ts'
import { tokenProofs } from './proofs/tokens.ts'
import { triggerWebhookProofs } from './proofs/trigger-webhooks.ts'

/** The proofs of every endpoint, in the order of the README's table. */
export const proofs: readonly Proof[] = [
  ...tokenProofs,
  ...catalogueProofs,
  ...accountProofs,
  ...oauthAppProofs,
  ...appOverrideProofs,
  ...componentProofs,
  ...deployedTriggerProofs,
  ...triggerWebhookProofs,
  ...proxyProofs,
  ...projectProofs,
]
