'use client'

import { ConnectButton, ConnectProvider } from 'pipedream-client/react'
import { useState } from 'react'
import { confirm, createConnectToken, onOpen, prepareConnectToken } from './gateway.ts'

export function Integrations({ userId }: { userId: string }) {
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
      <p>
        <output>{notice}</output>
      </p>
    </ConnectProvider>
  )
}
