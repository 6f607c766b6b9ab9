import type { Action, ComponentContext, ConfigurableProp } from './component.ts'
import { readFlag, readText } from './read-value.ts'
import { callSlack, listConversations, toChannels } from './slack-api.ts'
import { withoutUndefined } from '../wire/objects.ts'

const APP: ConfigurableProp = { name: 'slack', type: 'app', app: 'slack' }
const MESSAGE: readonly ConfigurableProp[] = [
  APP,
  {
    name: 'conversation',
    type: 'string',
    label: 'Channel',
    description: 'The channel to send to',
    remoteOptions: true,
    useQuery: true,
  },
  { name: 'text', type: 'string', label: 'Text', description: 'The message' },
  { name: 'username', type: 'string', label: 'Bot Username', optional: true },
  {
    name: 'replyToThread',
    type: 'boolean',
    label: 'Reply to Thread',
    description: 'Reply to an existing message',
    optional: true,
    default: false,
    reloadProps: true,
  },
]
const THREAD: ConfigurableProp = {
  name: 'thread_ts',
  type: 'string',
  label: 'Message Timestamp',
  description: 'The `ts` of the message to reply to',
}
const HINTS = {
  title: null,
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
}

/**
 * The actions of Slack. Keys, names and props follow Pipedream's public components; details and versions are inferred.
 */
export const SLACK_ACTIONS: readonly Action[] = [
  {
    type: 'action',
    key: 'slack-send-message',
    name: 'Send Message',
    version: '0.0.12',
    description: 'Send a message to a user, group, private channel or public channel',
    app: 'slack',
    props: MESSAGE,
    options: { conversation: listConversations },
    stashUse: null,
    annotations: HINTS,
    reload: async ({ configuredProps }) =>
      readFlag(configuredProps, 'replyToThread') ? [...MESSAGE, THREAD] : [...MESSAGE],
    run: sendMessage,
  },
  {
    type: 'action',
    key: 'slack-list-channels',
    name: 'List Channels',
    version: '0.0.2',
    description: 'Return a list of all channels in a workspace',
    app: 'slack',
    props: [APP],
    stashUse: null,
    annotations: { ...HINTS, readOnlyHint: true, idempotentHint: true },
    async run(context) {
      const ret = await callSlack(context, 'conversations.list')
      return { ret, summary: `Found ${toChannels(ret.channels).length} channels` }
    },
  },
]

async function sendMessage(context: ComponentContext): Promise<{ ret: unknown; summary: string }> {
  const { configuredProps, log } = context
  const ret = await callSlack(
    context,
    'chat.postMessage',
    withoutUndefined({
      channel: readText(configuredProps, 'conversation'),
      text: readText(configuredProps, 'text'),
      username: readText(configuredProps, 'username') || undefined,
      thread_ts: readText(configuredProps, 'thread_ts') || undefined,
    }),
  )
  log(`Sent as ${String(ret.ts)}`)
  return { ret, summary: `Successfully sent a message to channel ID ${String(ret.channel)}` }
}
