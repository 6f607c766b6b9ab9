import { errorTypeMap } from '@pothos/plugin-errors'
import { EventsSkipped, InvalidInput, NotAllowed, NotSignedIn } from '../../errors.ts'
import type { Event } from '../../store/events.ts'
import { builder } from './builder.ts'

/** The typed errors of every subscription. */
export const SUBSCRIPTION_ERRORS = [EventsSkipped, InvalidInput, NotAllowed, NotSignedIn]

/**
 * The result union of a subscription: an event or a typed error. Made here and not by the field's `errors` option, which
 * wraps the iterable of the resolver in an async generator: that cannot end while it waits for the next event.
 */
export function subscriptionResult(
  name: string,
  event: ReturnType<ReturnType<typeof builder.objectRef<Event>>['implement']>,
) {
  return builder.unionType(name, {
    types: [event, ...SUBSCRIPTION_ERRORS],
    resolveType: (value) =>
      SUBSCRIPTION_ERRORS.find((type) => errorTypeMap.get(value) === type) ?? event,
  })
}
