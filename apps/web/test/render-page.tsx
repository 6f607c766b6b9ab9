import { cleanup, render, screen } from '@testing-library/react'
import { type ReactElement, Suspense } from 'react'
import { cacheExchange, Client, fetchExchange, Provider } from 'urql'
import { onTestFinished } from 'vitest'
import { LanguageProvider } from '../src/i18n/language-context.tsx'
import { NoticesProvider } from '../src/ui/NoticesProvider.tsx'

/** The response to an operation: its data, or none, for now or because the network is down. */
export type Answer = object | 'pending' | 'unreachable'

/** Renders a part of the app with fake responses by operation name; other operations stay pending. */
export function renderPage(part: ReactElement, answers: Record<string, Answer>): typeof screen {
  const client = new Client({
    url: 'http://localhost/graphql',
    preferGetMethod: false,
    fetchSubscriptions: true,
    exchanges: [cacheExchange, fetchExchange],
    fetch: async (_url, init) => answer(answers[operationOf(init)] ?? 'pending'),
  })
  // Not `afterEach` at the top level: files of one worker share this module, so only the first of them would run it.
  onTestFinished(cleanup)
  render(
    <LanguageProvider>
      <Provider value={client}>
        <NoticesProvider>
          <Suspense>{part}</Suspense>
        </NoticesProvider>
      </Provider>
    </LanguageProvider>,
  )
  return screen
}

async function answer(data: Answer): Promise<Response> {
  if (data === 'pending') return new Promise(() => undefined)
  if (data === 'unreachable') throw new TypeError('The network is down.')
  return Response.json({ data })
}

function operationOf(init: RequestInit | undefined): string {
  const body = typeof init?.body === 'string' ? init.body : ''
  return /"operationName":"(\w+)"/.exec(body)?.[1] ?? ''
}
