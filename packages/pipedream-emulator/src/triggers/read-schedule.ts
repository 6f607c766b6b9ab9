import type { ConfigurableProp, ConfiguredProps } from '../components/component.ts'
import type { Schedule } from './deployed-trigger.ts'
import { wireError } from '../wire/errors.ts'

interface Timed {
  props: readonly ConfigurableProp[]
  configuredProps: ConfiguredProps
  now: Date
}

/** The longest is a year, in seconds. */
const LONGEST_S = 31_536_000

/** When a timer with these props fires; throws 400 for what is no interval. The first time is one interval from now. */
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
      `${prop?.name} must be like { "intervalSeconds": 900 }: whole seconds, up to a year. The emulator keeps no cron schedules; let it emit by hand.`,
    )
  }
  const nextAt = new Date(now.getTime() + seconds * 1000)
  return { intervalSeconds: seconds, timezone: 'UTC', changedAt: now, nextAt }
}
