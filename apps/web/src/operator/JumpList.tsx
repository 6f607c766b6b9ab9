import { useMessages } from '../i18n/language-context.tsx'
import { operatorMessages } from './operator-messages.ts'

/** The parts of the console, for a long page on a small screen. */
export function JumpList() {
  const words = useMessages(operatorMessages)
  const parts = [
    ['health', words.health.title],
    ['flows', words.flows.title],
    ['statistics', words.statistics.title],
    ['tokens', words.tokens.title],
    ['kill-switch', words.killSwitch.title],
  ] as const
  return (
    <nav aria-label={words.parts}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {parts.map(([id, title]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex min-h-9 items-center text-accent-ink underline"
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
