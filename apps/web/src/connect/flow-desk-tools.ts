import type { Notice } from '../ui/notices.ts'
import type { ConnectMessages } from './connect-messages.ts'
import type {
  Answer,
  CallFailure,
  ConfirmedAccount,
  CutOff,
  FlowTrouble,
  LeftFlow,
  MintedFlow,
} from './connect-calls.ts'
import type { ConnectFlow, ConnectOrigin } from './connect-flow-context.ts'
import type { ConnectTarget } from './connect-target.ts'

/** The flow of a target as the server minted it last, and how its account is called once that is known. */
export interface KnownFlow extends MintedFlow {
  accountName: string | null
}

/** A flow by its id, and an account that it made. */
export interface FlowFruit {
  flowId: string
  accountId: string
}

/** What the desk needs of the page around it. */
export interface FlowDeskTools {
  words: ConnectMessages['flow'] & { offline: string; broken: string }
  known: ReadonlyMap<string, KnownFlow>
  isOnline: () => boolean
  sentence: (failure: CallFailure | undefined) => string
  readCutOff: (flowId: string) => Promise<CutOff | undefined>
  confirm: (input: FlowFruit) => Promise<Answer<ConfirmedAccount>>
  leave: (input: {
    flowId: string
    trouble?: FlowTrouble | undefined
  }) => Promise<LeftFlow | undefined>
  notify: (notice: Notice) => void
  dismiss: () => void
  /** Puts a runner of this target into the page, and answers when it is there. */
  addRunner: (target: ConnectTarget) => void
  setFlow: (flow: ConnectFlow) => void
  onArrival: (accountId: string) => void
  returnFocus: (origin: ConnectOrigin, connected: boolean) => void
  /** Keeps the open flow over a reload; `undefined`: there is none any more. */
  remember: (flow: { flowId: string; target: ConnectTarget } | undefined) => void
}
