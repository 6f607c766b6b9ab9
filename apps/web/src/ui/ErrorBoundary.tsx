import { Component, type ErrorInfo } from 'react'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from './Button.tsx'
import type { Elements } from './elements.ts'

/** Shows a message instead of a blank page when rendering throws. */
export class ErrorBoundary extends Component<{ children: Elements }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error('The page crashed.', error, info.componentStack)
  }

  override render(): Elements {
    if (!this.state.failed) return this.props.children
    return <Stopped />
  }
}

function Stopped() {
  const { stopped } = useMessages(commonMessages)
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
      <h1 className="text-xl font-semibold">{stopped.title}</h1>
      <p className="text-muted">{stopped.what}</p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {stopped.reload}
      </Button>
    </main>
  )
}
