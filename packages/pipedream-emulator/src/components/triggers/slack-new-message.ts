import type { Trigger } from '../component.ts'
import { readChoices } from '../read-value.ts'
import { callSlack, listConversations } from '../slack-api.ts'
import { toObjects } from '../../wire/objects.ts'

/** The number of existing messages that are emitted on deployment. */
const HISTORY = 10

/** Emits each message posted in the chosen channels, or in any channel. */
export const slackNewMessage: Trigger = {
  type: 'trigger',
  emitter: 'source',
  key: 'slack-new-message',
  name: 'New Message (Instant)',
  version: '0.0.1',
  description: 'Emits an event each time a message is posted',
  app: 'slack',
  props: [
    { name: 'slack', type: 'app', app: 'slack' },
    {
      name: 'conversations',
      type: 'string[]',
      label: 'Channels',
      description: 'The channels to watch; all by default',
      optional: true,
      remoteOptions: true,
      useQuery: true,
    },
  ],
  options: { conversations: listConversations },
  matches(configuredProps, event) {
    const channels = readChoices(configuredProps, 'conversations')
    const channel =
      typeof event === 'object' && event !== null && 'channel' in event ? event.channel : null
    return channels.length === 0 || channels.some((one) => one === channel)
  },
  async history(context) {
    const found: { event: unknown; summary: string }[] = []
    for (const channel of readChoices(context.configuredProps, 'conversations')) {
      const query = new URLSearchParams({ channel, limit: String(HISTORY) })
      const { messages } = await callSlack(context, `conversations.history?${query}`)
      // Slack lists the newest message first.
      for (const { text, ts } of toObjects(messages).toReversed()) {
        found.push({ event: { text, channel, ts }, summary: String(text) })
      }
    }
    return found
  },
}
