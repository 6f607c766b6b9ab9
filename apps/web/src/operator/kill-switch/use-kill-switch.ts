import { useState } from 'react'
import { useMutation } from 'urql'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { operatorMessages } from '../operator-messages.ts'
import {
  type Aim,
  type Plan,
  PlanDisconnection,
  type Run,
  RunDisconnection,
} from './kill-switch-calls.ts'

const { killSwitch: messages } = operatorMessages

/** A dry run, and later its result. */
interface Stage {
  aim: Aim
  plan: Plan
  run?: Run
}

/** Runs a dry run first, then disconnects the accounts that it showed. */
export function useKillSwitch() {
  const sentence = useFailureSentence(operatorMessages.errors)
  const [planning, executePlan] = useMutation(PlanDisconnection)
  const [running, executeRun] = useMutation(RunDisconnection)
  const [stage, setStage] = useState<Stage>()
  const [failure, setFailure] = useState<string>()

  async function plan(aim: Aim): Promise<void> {
    forget()
    const { data, error } = await executePlan({ input: aim })
    const result = data?.planDisconnection
    if (result?.__typename === 'DisconnectionPlan') setStage({ aim, plan: result })
    else setFailure(sentence(result ?? error))
  }

  async function run({ aim, plan }: Stage): Promise<void> {
    setFailure(undefined)
    const input = { ...aim, confirmation: plan.confirmation }
    const { data, error } = await executeRun({ input })
    const result = data?.runDisconnection
    if (result?.__typename === 'DisconnectionRun') return setStage({ aim, plan, run: result })
    // No account was disconnected, and the preview is outdated.
    if (result?.__typename === 'PlanChanged') setStage(undefined)
    setFailure(result?.__typename === 'PlanChanged' ? messages.changed : sentence(result ?? error))
  }

  function forget(): void {
    setStage(undefined)
    setFailure(undefined)
  }

  return {
    stage,
    failure,
    planning: planning.fetching,
    running: running.fetching,
    plan,
    run,
    forget,
  }
}
