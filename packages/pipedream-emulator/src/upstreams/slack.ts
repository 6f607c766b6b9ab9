import { type Context, Hono } from 'hono'
import { notifyTriggers } from '../triggers/notify-triggers.ts'
import { parseJsonObject } from '../wire/read-body.ts'
import type { Message } from './provider-data.ts'
import type { Upstream, UpstreamCall } from './upstream.ts'

type SlackContext = Context<{ Bindings: UpstreamCall }>
type Arguments = Record<string, unknown>

/** More than one page of the channel list, so that clients have to read a second one. */
const CHANNELS = (
  'general random announcements design engineering marketing product sales support finance people ' +
  'office operations security data mobile web research legal partners events launches incidents ' +
  'feedback books music'
)
  .split(' ')
  .map((name, index) => ({ id: `CEMULATOR${String(index).padStart(2, '0')}`, name }))

/**
 * The API at `slack.com/api`: lists channels, and posts and reads messages. Slack reports errors with status 200 and
 * `ok: false`.
 */
export const slack: Upstream = new Hono<{ Bindings: UpstreamCall }>()

slack.on(['GET', 'POST'], '/api/:method', async (c) => {
  const method = METHODS[c.req.param('method')]
  if (method === undefined) return c.json({ ok: false, error: 'unknown_method' })
  return c.json(method(c, await readArguments(c)))
})

slack.notFound((c) => c.json({ ok: false, error: 'unknown_method' }, 404))

const METHODS: Partial<Record<string, (c: SlackContext, args: Arguments) => object>> =
  Object.assign(Object.create(null), {
    'auth.test': (c: SlackContext) => ({
      ok: true,
      url: 'https://emulator.slack.com/',
      team: 'Emulator',
      team_id: 'TEMULATOR',
      user: c.env.account.name ?? 'emulator',
      user_id: 'UEMULATOR',
    }),
    'conversations.list': (_c: SlackContext, args: Arguments) => listChannels(args),
    'conversations.history': readHistory,
    'chat.postMessage': postMessage,
  })

// From the query, a form or JSON, as Slack accepts them.
async function readArguments(c: SlackContext): Promise<Arguments> {
  const query = c.req.query()
  const text = await c.req.text()
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')
  return {
    ...query,
    ...(isForm ? Object.fromEntries(new URLSearchParams(text)) : parseJsonObject(text)),
  }
}

function listChannels(args: Arguments): object {
  const limit = Number(args.limit ?? 100)
  const start = readStart(args.cursor)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return refusal('invalid_limit')
  if (!Number.isInteger(start)) return refusal('invalid_cursor')
  const end = start + limit
  const channels = CHANNELS.slice(start, end).map(({ id, name }) => ({
    id,
    name,
    is_channel: true,
    is_private: false,
    is_archived: false,
    is_member: true,
  }))
  const next_cursor = end < CHANNELS.length ? `emulator-${end}` : ''
  return { ok: true, channels, response_metadata: { next_cursor } }
}

function readStart(cursor: unknown): number {
  if (cursor === undefined || cursor === '') return 0
  const text = typeof cursor === 'string' ? cursor : ''
  return Number(/^emulator-(\d{1,3})$/.exec(text)?.[1])
}

function postMessage({ env }: SlackContext, args: Arguments): object {
  const channel = findChannel(args.channel)
  if (channel === undefined) return refusal('channel_not_found')
  if (typeof args.text !== 'string' || args.text === '') return refusal('no_text')
  const message: Message = {
    ts: newTimestamp(env),
    accountId: env.account.id,
    channel: channel.id,
    text: args.text,
    threadTs: typeof args.thread_ts === 'string' ? args.thread_ts : null,
  }
  env.context.store.messages.set(`${message.accountId} ${message.ts}`, message)
  notifyTriggers(env.context, {
    componentKey: 'slack-new-message',
    accountId: env.account.id,
    event: { text: message.text, channel: channel.id, ts: message.ts },
    summary: message.text,
  })
  return { ok: true, channel: channel.id, ts: message.ts, message: formatMessage(message) }
}

function readHistory({ env }: SlackContext, args: Arguments): object {
  const channel = findChannel(args.channel)
  if (channel === undefined) return refusal('channel_not_found')
  const messages = messagesOf(env)
    .filter((message) => message.channel === channel.id)
    .map(formatMessage)
    .toReversed()
  return { ok: true, messages, has_more: false }
}

function messagesOf({ context, account }: UpstreamCall): Message[] {
  return [...context.store.messages.values()].filter(({ accountId }) => accountId === account.id)
}

function findChannel(named: unknown): (typeof CHANNELS)[number] | undefined {
  return CHANNELS.find(({ id, name }) => named === id || named === name || named === `#${name}`)
}

// Unique in the workspace and increasing, as Slack documents.
function newTimestamp(call: UpstreamCall): string {
  const seconds = Math.floor(call.context.clock.now().getTime() / 1000)
  return `${seconds}.${String(messagesOf(call).length + 1).padStart(6, '0')}`
}

function formatMessage({ ts, text, threadTs }: Message): object {
  const thread = threadTs === null ? {} : { thread_ts: threadTs }
  return { type: 'message', user: 'UEMULATOR', text, ts, ...thread }
}

function refusal(error: string): object {
  return { ok: false, error }
}
