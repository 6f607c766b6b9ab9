import { useLanguage } from '../../i18n/language-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { AppLabel } from '../AppLabel.tsx'
import { Code } from '../Code.tsx'
import { formatDuration } from '../duration.ts'
import { operatorMessages } from '../operator-messages.ts'
import { CopyButton } from '../CopyButton.tsx'
import type { OperatorFlow } from './flows-query.ts'
import { FlowTimeline } from './FlowTimeline.tsx'
import { FlowStatusBadge } from './FlowStatusBadge.tsx'

const { flows: messages, viewers } = operatorMessages

/** A flow: user, app and status, with its timeline to expand. */
export function FlowRow({ flow }: { flow: OperatorFlow }) {
  const { locale } = useLanguage()
  const began = flow.openedAt ?? flow.createdAt
  return (
    <li className="flex flex-col gap-1.5 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
        <FlowStatusBadge flow={flow} />
        {flow.app === null ? <span>{messages.anyApp}</span> : <AppLabel slug={flow.app} />}
        <span className="min-w-0 break-all text-muted">{flow.externalUserId}</span>
        {flow.viewerKind !== 'USER' && (
          <span className="text-xs text-muted">{viewers[flow.viewerKind]}</span>
        )}
        <span className="ms-auto flex items-center gap-1">
          <Code>{flow.supportCode}</Code>
          <CopyButton text={flow.supportCode} what={flow.supportCode} />
        </span>
      </div>
      <p className="text-xs text-muted">
        <RelativeTime iso={began} word={(age) => messages.started({ age })} />
        {flow.openedAt !== null && flow.closedAt !== null && (
          <span>{` · ${formatDuration(Date.parse(flow.closedAt) - Date.parse(began), locale)}`}</span>
        )}
        {flow.reconnects !== null && (
          <>
            <span>{` · ${messages.reconnects} `}</span>
            <Code>{flow.reconnects}</Code>
          </>
        )}
        {flow.accountId !== null && flow.accountId !== flow.reconnects && (
          <>
            <span>{` · ${messages.account} `}</span>
            <Code>{flow.accountId}</Code>
          </>
        )}
      </p>
      {flow.failedStep !== null && (
        <p
          className={classNames(
            'text-sm',
            flow.status === 'CANCELLED' ? 'text-muted' : 'text-danger-ink',
          )}
        >
          <span>{`${messages.steps[flow.failedStep]} `}</span>
          {flow.reason !== null && <Code>{flow.reason}</Code>}
        </p>
      )}
      <FlowTimeline flow={flow} />
    </li>
  )
}
