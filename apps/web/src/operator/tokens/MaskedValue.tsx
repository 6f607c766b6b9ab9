import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../../i18n/language-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../CopyButton.tsx'
import { operatorMessages } from '../operator-messages.ts'

interface MaskedValueProps {
  value: string
  /** What it is, in words. */
  what: string
}

/** A secret, which nobody who looks over a shoulder or at a screenshot can read until it is revealed. */
export function MaskedValue({ value, what }: MaskedValueProps) {
  const { tokens: words } = useMessages(operatorMessages)
  const [revealed, setRevealed] = useState(false)
  const Icon = revealed ? EyeOff : Eye
  return (
    <span className="flex items-center gap-1">
      {revealed ? (
        <code className="min-w-0 text-xs break-all">{value}</code>
      ) : (
        <span className="min-w-0 truncate">
          <span aria-hidden>••••••••••••</span>
          <span className="sr-only">{words.hidden}</span>
        </span>
      )}
      <Button
        look="quiet"
        className="ms-auto px-2"
        aria-label={revealed ? words.hide({ what }) : words.reveal({ what })}
        onClick={() => setRevealed(!revealed)}
      >
        <Icon aria-hidden size={16} />
      </Button>
      <CopyButton text={value} what={what} />
    </span>
  )
}
