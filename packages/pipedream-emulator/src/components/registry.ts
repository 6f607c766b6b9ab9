import type { Component, Trigger } from './component.ts'
import { EVERY_PROP_TYPE } from './every-prop-type.ts'
import { GOOGLE_SHEETS_ACTIONS } from './google-sheets.ts'
import { SLACK_ACTIONS } from './slack.ts'
import { googleSheetsNewRowAdded } from './triggers/google-sheets-new-row-added.ts'
import { httpNewRequests, scheduleCustomInterval } from './triggers/native-triggers.ts'
import { slackNewMessage } from './triggers/slack-new-message.ts'

/** The triggers that can be deployed. */
export const TRIGGERS: readonly Trigger[] = [
  googleSheetsNewRowAdded,
  slackNewMessage,
  httpNewRequests,
  scheduleCustomInterval,
]

const COMPONENTS: readonly Component[] = [
  ...GOOGLE_SHEETS_ACTIONS,
  ...SLACK_ACTIONS,
  EVERY_PROP_TYPE,
  ...TRIGGERS,
]

/** Returns every action and trigger of the emulator. */
export function listComponents(): readonly Component[] {
  return COMPONENTS
}

/** Returns the component with this key, `<app slug>-<name>`. */
export function findComponent(key: string): Component | undefined {
  return COMPONENTS.find((component) => component.key === key)
}
