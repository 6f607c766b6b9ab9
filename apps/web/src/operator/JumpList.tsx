import { operatorMessages } from './operator-messages.ts'

const messages = operatorMessages

/** Links to the sections of the console, for a long page on a small screen. */
export function JumpList() {
  const sections = [
    ['health', messages.health.title],
    ['flows', messages.flows.title],
    ['held-accounts', messages.heldAccounts.title],
    ['statistics', messages.statistics.title],
    ['tokens', messages.tokens.title],
    ['kill-switch', messages.killSwitch.title],
  ] as const
  return (
    <nav aria-label={messages.sections}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {sections.map(([id, title]) => (
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
