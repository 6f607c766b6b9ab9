import { useMutation } from 'urql'
import { useMessages } from '../../i18n/language-context.tsx'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { operatorMessages } from '../operator-messages.ts'
import { Expiry } from './Expiry.tsx'
import { Fact, Facts } from './Facts.tsx'
import { MaskedValue } from './MaskedValue.tsx'
import { TokenForm } from './TokenForm.tsx'
import { CreateAccessToken } from './token-calls.ts'

/** Makes an access token. */
export function AccessTokenCard() {
  const { tokens: words } = useMessages(operatorMessages)
  const sentence = useFailureSentence()
  const [{ data, error, fetching }, execute] = useMutation(CreateAccessToken)
  const result = data?.oauthToken
  const token = result?.__typename === 'OAuthToken' ? result : undefined
  const failure = error ?? (token ? undefined : result)
  return (
    <TokenForm
      title={words.accessToken}
      why={words.accessTokenWhy}
      field={{ label: words.scope, hint: words.scopeHint }}
      submit={words.createAccessToken}
      busy={fetching}
      failure={failure && sentence(failure)}
      onSubmit={(scope) => void execute({ scope: scope === '' ? null : scope })}
    >
      {token && (
        <Facts>
          <Fact name={words.token}>
            <MaskedValue
              key={token.accessToken}
              value={token.accessToken}
              what={words.accessToken}
            />
          </Fact>
          <Fact name={words.type}>{token.tokenType}</Fact>
          <Fact name={words.expires}>
            <Expiry iso={token.expiresAt} />
          </Fact>
          <Fact name={words.scope}>{token.scope ?? words.unknownScope}</Fact>
        </Facts>
      )}
    </TokenForm>
  )
}
