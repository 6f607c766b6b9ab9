import type { Trigger } from '../component.ts'
import { googleSheetsNewRowAdded } from './google-sheets-new-row-added.ts'
import { httpNewRequests, scheduleCustomInterval } from './native-triggers.ts'
import { slackNewMessage } from './slack-new-message.ts'

/** Every trigger that can be deployed. */
export const TRIGGERS: readonly Trigger[] = [
  googleSheetsNewRowAdded,
  slackNewMessage,
  httpNewRequests,
  scheduleCustomInterval,
]
