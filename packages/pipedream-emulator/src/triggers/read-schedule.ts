import type { ConfigurableProp, ConfiguredProps } from '../components/component.ts'
import type { Schedule } from './deployed-trigger.ts'
import { wireError } from '../wire/errors.ts'

interface Timed {
  props: readonly ConfigurableProp[]
  configuredProps: ConfiguredProps
  now: Date
}

/** One year, in seconds: the longest interval. */
const LONGEST_S = 31_536_000

/**
 * Reads the schedule of a timer from its props; throws 400 for an invalid interval. The timer first fires one interval
 * from now.
 */
export function readSchedule({ props, configuredProps, now }: Timed): Schedule {
  const prop = props.find(({ type }) => type === '$.interface.timer')
  const value = configuredProps[prop?.name ?? '']
  const seconds =
    typeof value === 'object' && value !== null && 'intervalSeconds' in value
      ? value.intervalSeconds
      : null
  if (
    typeof seconds !== 'number' ||
    !Number.isInteger(seconds) ||
    seconds < 1 ||
    seconds > LONGEST_S
  ) {
    throw wireError(
      400,
      `${prop?.name} must be like { "intervalSeconds": 900 }: whole seconds, up to a year. The emulator does not run cron schedules; emit events with the control API.`,
    )
  }
  const nextAt = new Date(now.getTime() + seconds * 1000)
  return { intervalSeconds: seconds, timezone: 'UTC', changedAt: now, nextAt }
}
