import { commonMessages } from '../i18n/common-messages.ts'
import { EnglishOnly, useMessages } from '../i18n/language-context.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { useSession } from '../viewer/session.tsx'
import { FlowsSection } from './flows/FlowsSection.tsx'
import { HealthSection } from './HealthSection.tsx'
import { HeldAccountsSection } from './held-accounts/HeldAccountsSection.tsx'
import { KillSwitch } from './kill-switch/KillSwitch.tsx'
import { JumpList } from './JumpList.tsx'
import { LiveOperatorEvents } from './operator-events.tsx'
import { operatorMessages } from './operator-messages.ts'
import { Section } from './Section.tsx'
import { StatisticsSection } from './statistics/StatisticsSection.tsx'
import { AccessTokenCard } from './tokens/AccessTokenCard.tsx'
import { ConnectTokenCard } from './tokens/ConnectTokenCard.tsx'

/** `/operator`: what operators see and can do. Each section works without the others. */
export function OperatorPage() {
  return (
    <EnglishOnly>
      <LiveOperatorEvents>
        <Console />
      </LiveOperatorEvents>
    </EnglishOnly>
  )
}

function Console() {
  const { start } = useSession()
  const { operator } = useMessages(commonMessages)
  return (
    <main className="mx-auto flex max-w-5xl flex-col gap-10 px-4 pt-8 pb-24 sm:px-6">
      <div className="flex flex-col gap-1">
        <PageHeading takeFocus={start !== 'loaded'}>{operator}</PageHeading>
        <p className="text-muted">{operatorMessages.purpose}</p>
        <JumpList />
      </div>
      <HealthSection />
      <FlowsSection />
      <HeldAccountsSection />
      <StatisticsSection />
      <Section id="tokens" title={operatorMessages.tokens.title}>
        <div className="grid items-start gap-3 lg:grid-cols-2">
          <AccessTokenCard />
          <ConnectTokenCard />
        </div>
      </Section>
      <KillSwitch />
    </main>
  )
}
