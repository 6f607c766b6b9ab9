import { type ComponentType, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { Elements } from '../ui/elements.ts'
import { useLoadFailure } from '../ui/use-load-failure.ts'
import { useUserId } from '../viewer/session.tsx'
import {
  type ConnectFlow,
  ConnectFlowContext,
  type ConnectTarget,
  NO_FLOW,
} from './connect-flow.ts'
import { startAfterReload } from './start-after-reload.ts'

interface ConnectFlowProviderProps {
  /** Whether the user sees the page. What runs flows is loaded then, or when the user is faster. */
  shown: boolean
  children: Elements
}

/** Provides the page's one connect flow. */
export function ConnectFlowProvider({ shown, children }: ConnectFlowProviderProps) {
  const { flow, Runner, onChange, load } = useRunner()
  const first = useFirstFlow(load)
  useEffect(() => {
    // A user who clicks is told of a failure.
    if (shown) load().catch(() => undefined)
  }, [shown, load])
  return (
    <ConnectFlowContext value={flow ?? first}>
      {children}
      <Suspense>{Runner && <Runner onChange={onChange} />}</Suspense>
    </ConnectFlowContext>
  )
}

/** The component that runs flows. `load` loads it, and resolves to its flow when it runs. */
function useRunner() {
  const [Runner, setRunner] = useState<ComponentType<{ onChange: typeof onChange }>>()
  const [flow, setFlow] = useState<ConnectFlow>()
  const [running] = useState(() => Promise.withResolvers<ConnectFlow>())
  const onChange = useCallback(
    (flow: ConnectFlow) => {
      setFlow(flow)
      running.resolve(flow)
    },
    [running],
  )
  const load = useCallback(async () => {
    const { ConnectFlowRunner } = await import('./flow/ConnectFlowRunner.tsx')
    setRunner(() => ConnectFlowRunner)
    return running.promise
  }, [running])
  return { flow, Runner, onChange, load }
}

/** What the user does before the component that runs flows is loaded waits for it. */
function useFirstFlow(load: () => Promise<ConnectFlow>): ConnectFlow {
  const [started, setStarted] = useState<ConnectTarget>()
  const fail = useLoadFailure()
  const user = useUserId()
  return useMemo(() => {
    async function start(...[target, origin]: Parameters<ConnectFlow['start']>) {
      setStarted(target)
      const flow = await load().catch(() =>
        fail(
          () => void start(target, origin),
          () => startAfterReload({ user, target }),
        ),
      )
      setStarted(undefined)
      flow?.start(target, origin)
    }
    async function confirmHeld(...held: Parameters<ConnectFlow['confirmHeld']>) {
      const flow = await load().catch(() => fail(() => void confirmHeld(...held)))
      await flow?.confirmHeld(...held)
    }
    return {
      ...NO_FLOW,
      status: started && 'preparing',
      running: started,
      prepare: (target) =>
        void load().then(
          (flow) => flow.prepare(target),
          () => undefined,
        ),
      start: (target, origin) => void (started ?? start(target, origin)),
      confirmHeld,
    }
  }, [load, fail, started, user])
}
