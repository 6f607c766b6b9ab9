import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { useSession } from '../viewer/session.tsx'
import { FlowsSection } from './flows/FlowsSection.tsx'
import { HealthSection } from './HealthSection.tsx'
import { KillSwitch } from './kill-switch/KillSwitch.tsx'
import { JumpList } from './JumpList.tsx'
import { LiveOperatorEvents } from './operator-events.tsx'
import { operatorMessages } from './operator-messages.ts'
import { StatisticsSection } from './statistics/StatisticsSection.tsx'
import { TokenInspector } from './tokens/TokenInspector.tsx'

/** `/operator`: what those who run the product see and can do. Every part works without the others. */
export function OperatorPage() {
  const { start } = useSession()
  const { operator } = useMessages(commonMessages)
  const { purpose } = useMessages(operatorMessages)
  return (
    <LiveOperatorEvents>
      <main className="mx-auto flex max-w-5xl flex-col gap-10 px-4 pt-8 pb-24 sm:px-6">
        <div className="flex flex-col gap-1">
          <PageHeading takeFocus={start !== 'loaded'}>{operator}</PageHeading>
          <p className="text-muted">{purpose}</p>
          <JumpList />
        </div>
        <HealthSection />
        <FlowsSection />
        <StatisticsSection />
        <TokenInspector />
        <KillSwitch />
      </main>
    </LiveOperatorEvents>
  )
}
