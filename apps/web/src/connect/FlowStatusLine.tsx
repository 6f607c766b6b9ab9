import { useMessages } from '../i18n/language-context.tsx'
import { connectMessages } from './connect-messages.ts'
import type { ConnectStage } from './connect-flow-context.ts'

/** Tells screen readers where the flow is. */
export function FlowStatusLine({ stage }: { stage: ConnectStage | 'idle' }) {
  const { flow } = useMessages(connectMessages)
  const words = {
    idle: '',
    preparing: flow.preparingAloud,
    open: flow.openAloud,
    confirming: flow.confirmingAloud,
  }
  return <output className="sr-only">{words[stage]}</output>
}
