/** Why a flow came to nothing, as the browser that has it open saw it; the log keeps it as the flow's reason. */
export type FlowTrouble =
  | 'popup_blocked'
  | 'page_not_loaded'
  | 'storage_blocked'
  | 'offline'
  | 'provider_refused'
  | 'timed_out'
  | 'bad_answer'

/** Those that came before the person could do anything. */
export const OPENING_TROUBLES: readonly FlowTrouble[] = [
  'popup_blocked',
  'page_not_loaded',
  'storage_blocked',
  'offline',
]
