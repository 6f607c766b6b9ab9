import type { Case } from './case.ts'
import { accountCases } from './cases/accounts.ts'
import { appCases } from './cases/apps.ts'
import { behaviourCases } from './cases/behaviour.ts'
import { registryCases } from './cases/components.ts'
import { deployedTriggerCases } from './cases/deployed-triggers.ts'
import { fileCases } from './cases/files.ts'
import { projectCases } from './cases/projects.ts'
import { proxyCases } from './cases/proxy.ts'
import { tokenCases } from './cases/tokens.ts'
import { workflowCases } from './cases/workflows.ts'

/** Every method that both clients have, in all its variants. */
export const cases: readonly Case[] = [
  ...tokenCases,
  ...accountCases,
  ...appCases,
  ...registryCases,
  ...deployedTriggerCases,
  ...projectCases,
  ...fileCases,
  ...proxyCases,
  ...workflowCases,
  ...behaviourCases,
]
