import {
  ComponentFormContainer,
  FrontendClientProvider,
  SelectApp,
  SelectComponent,
  useAccounts,
  useFrontendClient,
} from '@pipedream/connect-react'
import type { App, Component } from '@pipedream/sdk'
import { createFrontendClient } from '@pipedream/sdk/browser'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'

const USER = 'ada'
/** The emulator's address; the product's server puts it into the page's URL. */
const EMULATOR = new URLSearchParams(location.search).get('emulator') ?? ''

const client = createFrontendClient({
  externalUserId: USER,
  baseUrl: EMULATOR,
  frontendHost: new URL(EMULATOR).host,
  tokenCallback: async () => {
    const { expiresAt, ...token } = await post('/token', {})
    return { ...token, expiresAt: new Date(expiresAt) }
  },
})

async function post(path: string, body: unknown) {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) })
  return response.json()
}

function Product() {
  const [app, setApp] = useState<App>()
  const [component, setComponent] = useState<Component>()
  return (
    <>
      <section aria-label="Choose an app">
        <SelectApp
          {...(app === undefined ? {} : { value: app })}
          onChange={(chosen) => {
            setApp(chosen)
            setComponent(undefined)
          }}
        />
      </section>
      {app && <Accounts app={app} key={app.nameSlug} />}
      {app && (
        <section aria-label="Choose an action">
          <SelectComponent
            app={app}
            componentType="action"
            {...(component === undefined ? {} : { value: component })}
            onChange={setComponent}
          />
        </section>
      )}
      {component && <Action component={component} key={component.key} />}
    </>
  )
}

function Accounts({ app }: { app: App }) {
  const client = useFrontendClient()
  const { accounts, refetch } = useAccounts({ external_user_id: USER, app: app.nameSlug })
  const [problem, setProblem] = useState<string>()
  const connect = () => {
    void client.connectAccount({
      app: app.nameSlug,
      onSuccess: () => void refetch(),
      onError: ({ message }) => setProblem(message),
    })
  }
  return (
    <section aria-label="Accounts">
      <ul>
        {accounts.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      {problem && <p role="alert">{problem}</p>}
      <button onClick={connect}>Connect an account</button>
    </section>
  )
}

function Action({ component }: { component: Component }) {
  const [result, setResult] = useState<{ exports?: { $summary?: string } }>()
  const [configuredProps, setConfiguredProps] = useState<Record<string, unknown>>({})
  return (
    <section aria-label="Action">
      <ComponentFormContainer
        externalUserId={USER}
        componentKey={component.key}
        configuredProps={configuredProps}
        onUpdateConfiguredProps={setConfiguredProps}
        enableDebugging
        {...(result === undefined ? {} : { sdkResponse: result })}
        onSubmit={async ({ dynamicProps }) => {
          const run = { id: component.key, configuredProps, dynamicPropsId: dynamicProps?.id }
          setResult(await post('/run', run))
        }}
      />
      <output>{result?.exports?.$summary}</output>
    </section>
  )
}

const root = document.querySelector('main')
if (root !== null) {
  createRoot(root).render(
    <FrontendClientProvider client={client}>
      <Product />
    </FrontendClientProvider>,
  )
}
