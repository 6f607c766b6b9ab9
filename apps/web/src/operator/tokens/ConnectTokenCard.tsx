import { useMutation } from 'urql'
import { useMessages } from '../../i18n/language-context.tsx'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { Code } from '../Code.tsx'
import { operatorMessages } from '../operator-messages.ts'
import { Expiry } from './Expiry.tsx'
import { Fact, Facts } from './Facts.tsx'
import { MaskedValue } from './MaskedValue.tsx'
import { TokenForm } from './TokenForm.tsx'
import { CreateConnectToken } from './token-calls.ts'

/** Makes a connect token. */
export function ConnectTokenCard() {
  const { tokens: words } = useMessages(operatorMessages)
  const sentence = useFailureSentence()
  const [{ data, error, fetching }, execute] = useMutation(CreateConnectToken)
  const result = data?.createConnectToken
  const token = result?.__typename === 'ConnectToken' ? result : undefined
  const failure = error ?? (token ? undefined : result)
  return (
    <TokenForm
      title={words.connectToken}
      why={words.connectTokenWhy}
      field={{ label: words.app, hint: words.appHint, first: 'google_sheets' }}
      submit={words.createConnectToken}
      busy={fetching}
      failure={failure && sentence(failure)}
      onSubmit={(app) => void execute({ app })}
    >
      {token && (
        <Facts>
          <Fact name={words.token}>
            <MaskedValue key={token.token} value={token.token} what={words.connectToken} />
          </Fact>
          <Fact name={words.expires}>
            <Expiry iso={token.expiresAt} />
          </Fact>
          {/* Whoever has the link has the token that is in it. */}
          <Fact name={words.link}>
            <MaskedValue key={token.token} value={token.connectLinkUrl} what={words.link} />
          </Fact>
          <Fact name={words.supportCode}>
            <Code>{token.flow.supportCode}</Code>
          </Fact>
        </Facts>
      )}
    </TokenForm>
  )
}
