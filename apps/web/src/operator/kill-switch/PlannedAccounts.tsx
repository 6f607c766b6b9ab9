import { Button } from '../../ui/Button.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import { AppLabel } from '../AppLabel.tsx'
import { Code } from '../Code.tsx'
import { operatorMessages } from '../operator-messages.ts'
import type { Plan, Run } from './kill-switch-calls.ts'

const { killSwitch: messages } = operatorMessages

interface PlannedAccountsProps {
  plan: Plan
  /** The result, after the run. */
  outcome: Run | undefined
  running: boolean
  onRun: () => void
}

/** The accounts of a dry run, the button that disconnects them, and then the result for each. */
export function PlannedAccounts({ plan, outcome, running, onRun }: PlannedAccountsProps) {
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <output className="text-sm font-medium">
        {outcome ? <Outcome run={outcome} /> : summary()}
      </output>
      {plan.hasMore && (
        <p className="text-sm text-muted">{messages.hasMore({ count: plan.count })}</p>
      )}
      {plan.count > 0 && <AccountTable plan={plan} outcome={outcome} />}
      {plan.count > 0 && !outcome && (
        <Button look="danger" busy={running} onClick={onRun} className="self-start">
          {messages.run({ count: plan.count })}
        </Button>
      )}
    </div>
  )

  function summary(): string {
    return plan.count === 0 ? messages.nothing : messages.would({ count: plan.count })
  }
}

function Outcome({ run: { disconnectedCount, failedCount } }: { run: Run }) {
  return (
    <>
      <span>{messages.done({ count: disconnectedCount })}</span>
      {failedCount > 0 && <span>{` ${messages.notDone({ count: failedCount })}`}</span>}
    </>
  )
}

function AccountTable({ plan, outcome }: Pick<PlannedAccountsProps, 'plan' | 'outcome'>) {
  const outcomes = new Map(outcome?.outcomes.map((one) => [one.account.id, one]))
  const names = [messages.account, messages.app, messages.user, messages.connected]
  return (
    <ScrollArea label={messages.would({ count: plan.count })} className="max-h-96">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-xs text-muted">
            {[...names, ...(outcome ? [messages.outcome] : [])].map((name) => (
              <th key={name} scope="col" className="py-2 pe-4 text-start font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {plan.accounts.map(({ id, app, externalUserId, createdAt }) => (
            <tr key={id}>
              <th scope="row" className="py-2 pe-4 text-start font-normal">
                <Code>{id}</Code>
              </th>
              <td className="pe-4 whitespace-nowrap">{app !== null && <AppLabel slug={app} />}</td>
              <td className="pe-4 break-all">{externalUserId}</td>
              <td className="pe-4 whitespace-nowrap text-muted">
                {createdAt !== null && <RelativeTime iso={createdAt} />}
              </td>
              {outcome && <td>{outcomeWords(outcomes.get(id))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )

  function outcomeWords(one: Run['outcomes'][number] | undefined): string {
    if (one === undefined || one.isDisconnected) return messages.disconnected
    return messages.stillConnected({ reason: one.error ?? '' })
  }
}
