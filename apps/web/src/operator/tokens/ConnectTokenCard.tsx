import { useMutation } from 'urql'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { Code } from '../Code.tsx'
import { operatorMessages } from '../operator-messages.ts'
import { Expiry } from './Expiry.tsx'
import { Fact, Facts } from './Facts.tsx'
import { MaskedValue } from './MaskedValue.tsx'
import { TokenForm } from './TokenForm.tsx'
import { InspectConnectToken } from './token-calls.ts'

const { tokens: messages } = operatorMessages

/** Creates a connect token. */
export function ConnectTokenCard() {
  const sentence = useFailureSentence(operatorMessages.errors)
  const [{ data, error, fetching }, execute] = useMutation(InspectConnectToken)
  const result = data?.createConnectToken
  const token = result?.__typename === 'ConnectToken' ? result : undefined
  const failure = error ?? (token ? undefined : result)
  return (
    <TokenForm
      title={messages.connectToken}
      why={messages.connectTokenWhy}
      field={{ label: messages.app, hint: messages.appHint, first: 'google_sheets' }}
      submit={messages.createConnectToken}
      busy={fetching}
      failure={failure && sentence(failure)}
      onSubmit={(app) => void execute({ app })}
    >
      {token && (
        <Facts>
          <Fact name={messages.token}>
            <MaskedValue key={token.token} value={token.token} what={messages.connectToken} />
          </Fact>
          <Fact name={messages.expires}>
            <Expiry iso={token.expiresAt} />
          </Fact>
          {/* Masked too, because the link contains the token. */}
          <Fact name={messages.link}>
            <MaskedValue key={token.token} value={token.connectLinkUrl} what={messages.link} />
          </Fact>
          <Fact name={messages.supportCode}>
            <Code>{token.flow.supportCode}</Code>
          </Fact>
        </Facts>
      )}
    </TokenForm>
  )
}
