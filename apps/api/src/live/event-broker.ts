import { type Events, isEventId } from '../store/events.ts'
import { EventSubscription } from './event-subscription.ts'
import { createTurns, type TakeTurn } from './take-turns.ts'
import { type ReadPage, Topic } from './topic.ts'

const PAGE_SIZE = 100

interface SubscribeOptions {
  /** Whose events; null: the events of all users. */
  externalUserId: string | null
  /** The ID of the last event that the subscriber already has. */
  after: string
}

/** Distributes events to subscribers: first those missed, from the database, then each new one from any replica. */
export interface EventBroker {
  /** Subscribes to the events after an ID, until `return` of the subscription is called. */
  subscribe: (options: SubscribeOptions) => EventSubscription
  /** Stops listening for new events. Open subscriptions receive nothing more. */
  close: () => void
}

/**
 * Each subscriber first reads on its own, at its own pace, until it has caught up with the topic's other subscribers. From
 * then on, one database read serves them all.
 */
export function createEventBroker(
  events: Pick<Events, 'listAfter' | 'listAllAfter' | 'onNews'>,
  takeTurn: TakeTurn = createTurns(),
): EventBroker {
  const topics = new Map<string | null, { topic: Topic; subscriptions: number }>()

  const stopNews = events.onNews((news) => {
    if (news === 'all_users') for (const { topic } of topics.values()) void topic.poll()
    else {
      if (news.externalUserId !== null) void topics.get(news.externalUserId)?.topic.poll()
      void topics.get(null)?.topic.poll()
    }
  })

  function readPageOf(externalUserId: string | null): ReadPage {
    return async (position) => {
      const where = { after: String(position), limit: PAGE_SIZE }
      const page =
        externalUserId === null
          ? await events.listAllAfter(where)
          : await events.listAfter({ ...where, externalUserId })
      return { events: page, isLast: page.length < PAGE_SIZE }
    }
  }

  return {
    subscribe({ externalUserId, after }) {
      if (!isEventId(after)) throw new RangeError('`after` must be the id of an event.')
      const open = topics.get(externalUserId) ?? {
        topic: new Topic(readPageOf(externalUserId), takeTurn),
        subscriptions: 0,
      }
      topics.set(externalUserId, open)
      open.subscriptions += 1
      return new EventSubscription({
        topic: open.topic,
        after,
        onEnd() {
          open.subscriptions -= 1
          if (open.subscriptions === 0) topics.delete(externalUserId)
        },
      })
    },
    close: stopNews,
  }
}
