import { type SubmitEvent, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { TextField } from '../../ui/TextField.tsx'
import { operatorMessages } from '../operator-messages.ts'
import { CARD, Section } from '../Section.tsx'
import { PlannedAccounts } from './PlannedAccounts.tsx'
import { useKillSwitch } from './use-kill-switch.ts'

const { killSwitch: messages } = operatorMessages

/** Disconnects accounts by user or app, after a dry run. */
export function KillSwitch() {
  const { stage, failure, planning, running, plan, run, forget } = useKillSwitch()
  const [aim, setAim] = useState({ externalUserId: '', app: '' })
  const [empty, setEmpty] = useState(false)

  // The preview belongs to the former input.
  function change(part: Partial<typeof aim>) {
    setAim({ ...aim, ...part })
    setEmpty(false)
    forget()
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const externalUserId = aim.externalUserId.trim() || null
    const app = aim.app.trim() || null
    if (externalUserId === null && app === null) setEmpty(true)
    else void plan({ externalUserId, app })
  }

  const problem = empty ? messages.neither : failure
  return (
    <Section id="kill-switch" title={messages.title}>
      <div className={classNames(CARD, 'flex flex-col gap-4 p-4')}>
        <p className="text-sm text-muted">{messages.why}</p>
        <form className="flex flex-col gap-3" onSubmit={submit}>
          <div className="flex flex-wrap gap-4">
            <TextField
              label={messages.user}
              hint={messages.userHint}
              value={aim.externalUserId}
              onChange={({ target }) => change({ externalUserId: target.value })}
            />
            <TextField
              label={messages.app}
              hint={messages.appHint}
              value={aim.app}
              onChange={({ target }) => change({ app: target.value })}
            />
          </div>
          <Button type="submit" busy={planning} className="self-start">
            {messages.plan}
          </Button>
        </form>
        <div role="alert">
          {problem !== undefined && <p className="text-sm text-danger-ink">{problem}</p>}
        </div>
        {stage && (
          <PlannedAccounts
            plan={stage.plan}
            outcome={stage.run}
            running={running}
            onRun={() => void run(stage)}
          />
        )}
      </div>
    </Section>
  )
}
