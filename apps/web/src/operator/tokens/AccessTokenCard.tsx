import { useMutation } from 'urql'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { operatorMessages } from '../operator-messages.ts'
import { Expiry } from './Expiry.tsx'
import { Fact, Facts } from './Facts.tsx'
import { MaskedValue } from './MaskedValue.tsx'
import { TokenForm } from './TokenForm.tsx'
import { InspectAccessToken } from './token-calls.ts'

const { tokens: messages } = operatorMessages

/** Creates an access token. */
export function AccessTokenCard() {
  const sentence = useFailureSentence(operatorMessages.errors)
  const [{ data, error, fetching }, execute] = useMutation(InspectAccessToken)
  const result = data?.oauthToken
  const token = result?.__typename === 'OAuthToken' ? result : undefined
  const failure = error ?? (token ? undefined : result)
  return (
    <TokenForm
      title={messages.accessToken}
      why={messages.accessTokenWhy}
      field={{ label: messages.scope, hint: messages.scopeHint }}
      submit={messages.createAccessToken}
      busy={fetching}
      failure={failure && sentence(failure)}
      onSubmit={(scope) => void execute({ scope: scope === '' ? null : scope })}
    >
      {token && (
        <Facts>
          <Fact name={messages.token}>
            <MaskedValue
              key={token.accessToken}
              value={token.accessToken}
              what={messages.accessToken}
            />
          </Fact>
          <Fact name={messages.type}>{token.tokenType}</Fact>
          <Fact name={messages.expires}>
            <Expiry iso={token.expiresAt} />
          </Fact>
          <Fact name={messages.scope}>{token.scope ?? messages.unknownScope}</Fact>
        </Facts>
      )}
    </TokenForm>
  )
}
