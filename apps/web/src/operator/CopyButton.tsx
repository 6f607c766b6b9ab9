import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { operatorMessages } from './operator-messages.ts'

interface CopyButtonProps {
  text: string
  /** What it is, in words. */
  what: string
}

/** Puts a text into the clipboard. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const words = useMessages(operatorMessages)
  const [copied, setCopied] = useState(false)
  const Icon = copied ? Check : Copy

  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }

  return (
    <Button
      look="quiet"
      className="px-2"
      aria-label={copied ? words.copied : words.tokens.copyOf({ what })}
      onClick={() => void copy().catch(() => undefined)}
      onBlur={() => setCopied(false)}
    >
      <Icon aria-hidden size={14} />
    </Button>
  )
}
