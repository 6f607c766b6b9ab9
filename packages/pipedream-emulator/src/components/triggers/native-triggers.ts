import type { Trigger } from '../component.ts'

/** Emits each request to its own address. Needs no account. */
export const httpNewRequests: Trigger = {
  type: 'trigger',
  emitter: 'http',
  key: 'http-new-requests',
  name: 'New Requests',
  version: '0.1.1',
  description: 'Get a URL and emit an event for every HTTP request to it',
  app: null,
  props: [{ name: 'http', type: '$.interface.http', customResponse: true }],
}

/** Emits at an interval, by the emulator's clock. Needs no account. */
export const scheduleCustomInterval: Trigger = {
  type: 'trigger',
  emitter: 'timer',
  key: 'schedule-custom-interval',
  name: 'Custom Interval',
  version: '0.0.1',
  description: 'Emits an event at a custom interval',
  app: null,
  props: [{ name: 'cron', type: '$.interface.timer', label: 'Schedule' }],
}
