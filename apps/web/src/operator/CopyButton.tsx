import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { operatorMessages } from './operator-messages.ts'

const { tokens } = operatorMessages

interface CopyButtonProps {
  text: string
  /** What the string is, for screen readers. */
  what: string
}

/** Copies a string to the clipboard. */
export function CopyButton({ text, what }: CopyButtonProps) {
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
      aria-label={copied ? tokens.copied : tokens.copyOf({ what })}
      onClick={() => void copy().catch(() => undefined)}
      onBlur={() => setCopied(false)}
    >
      <Icon aria-hidden size={14} />
    </Button>
  )
}
