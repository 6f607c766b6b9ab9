import { ConnectButton, ConnectProvider, useConnectAccount } from 'pipedream-client/react'
import { useState } from 'react'
import { confirm, createConnectToken, onOpen, prepareConnectToken } from './gateway.ts'

export function App({ userId }: { userId: string }) {
  const [notice, setNotice] = useState('Nothing is connected yet.')
  return (
    <ConnectProvider
      key={userId}
      createConnectToken={createConnectToken}
      prepareConnectToken={prepareConnectToken}
      onOpen={onOpen}
      confirm={confirm}
    >
      <h1>{`Integrations of ${userId}`}</h1>
      <ConnectButton
        app="google_sheets"
        onConnected={({ accountId }) => setNotice(`Google Sheets is connected: ${accountId}`)}
        onError={({ message }) => setNotice(message)}
      >
        Connect Google Sheets
      </ConnectButton>
      <ConnectSlack onConnected={(accountId) => setNotice(`Slack is connected: ${accountId}`)} />
      <output>{notice}</output>
    </ConnectProvider>
  )
}

/** The same flow with a custom button. */
function ConnectSlack({ onConnected }: { onConnected: (accountId: string) => void }) {
  const { state, busy, error, connect, intentProps } = useConnectAccount({
    app: 'slack',
    onConnected: ({ accountId }) => onConnected(accountId),
  })
  return (
    <p>
      <span>Slack</span>{' '}
      <button type="button" aria-disabled={busy} onClick={connect} {...intentProps}>
        {state === 'error' ? 'Try again' : busy ? 'Connecting…' : 'Connect'}
      </button>{' '}
      <span role="alert">{error?.message}</span>
    </p>
  )
}
