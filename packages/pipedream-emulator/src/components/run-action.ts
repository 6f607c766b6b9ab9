import { type ComponentCall, findMissingProp } from './component-call.ts'
import type { Action, ComponentContext } from './component.ts'
import { type Observation, runComponent } from './run-component.ts'
import { spendCredit } from './spend-credit.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { stashFile } from './stash-file.ts'

interface Order {
  action: Action
  call: ComponentCall
  /** Null for no file stash. */
  stashId: string | null
}

interface Upload {
  localPath: string
  s3Key: string
  get_url: string
}

/** The response of `/actions/run`, with the keys that Pipedream documents. */
interface Ran {
  exports: { $summary?: string; $filestash_uploads?: Upload[] }
  os: Observation[]
  ret: unknown
  stash_id: string | null
}

/** Runs an action. A run that fails costs a credit too (inferred). */
export async function runAction(
  context: EmulatorContext,
  { action, call, stashId }: Order,
): Promise<Ran> {
  spendCredit(context, call.projectId, 'actionRuns')
  const uploads: Upload[] = []
  const { result, observations } = await runComponent(context, {
    call,
    work: async (context) => {
      const missing = findMissingProp(call)
      if (missing !== undefined) throw new Error(`${missing} is required in configured_props.`)
      return action.run(context)
    },
    ...(stashId !== null && { stash: createStash(context, { call, stashId, uploads }) }),
  })
  return {
    exports: {
      ...(result && { $summary: result.summary }),
      ...(uploads.length > 0 && { $filestash_uploads: uploads }),
    },
    os: observations,
    ret: result?.ret ?? null,
    stash_id: stashId,
  }
}

function createStash(
  context: EmulatorContext,
  { call, stashId, uploads }: { call: ComponentCall; stashId: string; uploads: Upload[] },
): ComponentContext['stash'] {
  return (file) => {
    const stashed = stashFile(context, { ...call, stashId, ...file })
    uploads.push({ localPath: file.name, s3Key: stashed.s3Key, get_url: stashed.url })
    return stashed
  }
}
