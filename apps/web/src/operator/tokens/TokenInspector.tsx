import { useMessages } from '../../i18n/language-context.tsx'
import { operatorMessages } from '../operator-messages.ts'
import { Section } from '../Section.tsx'
import { AccessTokenCard } from './AccessTokenCard.tsx'
import { ConnectTokenCard } from './ConnectTokenCard.tsx'

/** Makes tokens as the API does, and shows what is in them. */
export function TokenInspector() {
  const { tokens: words } = useMessages(operatorMessages)
  return (
    <Section id="tokens" title={words.title}>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <AccessTokenCard />
        <ConnectTokenCard />
      </div>
    </Section>
  )
}
