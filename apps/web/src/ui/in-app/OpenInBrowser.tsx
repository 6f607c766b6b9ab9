import { useRef, useState } from 'react'
import { useMessages } from '../../i18n/language-context.tsx'
import { Button } from '../Button.tsx'
import { inAppMessages } from './in-app-messages.ts'

/** Asks the user to copy the link of the page and to open it in their browser. */
export function OpenInBrowser() {
  const words = useMessages(inAppMessages)
  const link = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)

  async function copy() {
    // If scripts can't copy, the user can still copy the selection.
    link.current?.select()
    await navigator.clipboard.writeText(window.location.href)
    setCopied(true)
  }

  return (
    <section
      aria-label={words.title}
      className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-5"
    >
      <p className="text-sm font-semibold">{words.title}</p>
      <p className="text-sm text-muted">{words.why}</p>
      <div className="flex flex-wrap gap-2">
        <input
          ref={link}
          readOnly
          aria-label={words.link}
          value={window.location.href}
          dir="ltr"
          className="min-h-9 min-w-0 grow rounded-lg border border-line-strong bg-surface px-3 text-sm"
        />
        <Button onClick={() => void copy().catch(() => undefined)}>
          {copied ? words.copied : words.copy}
        </Button>
      </div>
    </section>
  )
}
