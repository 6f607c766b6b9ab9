import { ConnectButton, ConnectProvider } from 'pipedream-client/react'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Host } from './host.ts'

const LIBRARIES: Record<string, () => Promise<Record<string, Host>>> = {
  'base-ui': () => import('./hosts/base-ui.tsx'),
  'focus-trap': () => import('./hosts/focus-trap.tsx'),
  'headless-ui': () => import('./hosts/headless-ui.tsx'),
  mui: () => import('./hosts/mui.tsx'),
  native: () => import('./hosts/native.tsx'),
  radix: () => import('./hosts/radix.tsx'),
  'react-aria': () => import('./hosts/react-aria.tsx'),
  vaul: () => import('./hosts/vaul.tsx'),
}

async function createConnectToken() {
  const response = await fetch('/token', { method: 'POST' })
  return response.json()
}

function Product({ Host }: { Host: Host }) {
  const [open, setOpen] = useState(false)
  const [heard, setHeard] = useState<string[]>([])
  const hear = (word: string) => setHeard((before) => [...before, word])
  return (
    <ConnectProvider createConnectToken={createConnectToken}>
      <button onClick={() => setOpen(true)}>Open settings</button>
      <Host open={open} onOpenChange={setOpen}>
        <ConnectButton
          app="google_sheets"
          id="connect"
          onConnected={() => hear('connected')}
          onCancel={() => hear('cancelled')}
          onError={({ code }) => hear(code)}
        >
          Connect Google Sheets
        </ConnectButton>
      </Host>
      <output>{heard.join(' ')}</output>
    </ConnectProvider>
  )
}

async function main(): Promise<void> {
  const query = new URLSearchParams(location.search)
  const library = await LIBRARIES[query.get('library') ?? '']?.()
  const Host = library?.[query.get('kind') ?? '']
  const root = document.querySelector('main')
  if (Host === undefined || root === null) throw new Error('Unknown host dialog.')
  createRoot(root).render(
    <StrictMode>
      <Product Host={Host} />
    </StrictMode>,
  )
}

await main()
