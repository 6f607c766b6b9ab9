import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../CopyButton.tsx'
import { operatorMessages } from '../operator-messages.ts'

const { tokens: messages } = operatorMessages

interface MaskedValueProps {
  value: string
  /** What the value is, for screen readers. */
  what: string
}

/** A secret, masked until the operator reveals it. */
export function MaskedValue({ value, what }: MaskedValueProps) {
  const [revealed, setRevealed] = useState(false)
  const Icon = revealed ? EyeOff : Eye
  return (
    <span className="flex items-center gap-1">
      {revealed ? (
        <code className="min-w-0 text-xs break-all">{value}</code>
      ) : (
        <span className="min-w-0 truncate">
          <span aria-hidden>••••••••••••</span>
          <span className="sr-only">{messages.hidden}</span>
        </span>
      )}
      <Button
        look="quiet"
        className="ms-auto px-2"
        aria-label={revealed ? messages.hide({ what }) : messages.reveal({ what })}
        onClick={() => setRevealed(!revealed)}
      >
        <Icon aria-hidden size={16} />
      </Button>
      <CopyButton text={value} what={what} />
    </span>
  )
}
