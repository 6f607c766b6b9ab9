import { expect, test } from 'vitest'
import { createHarness } from '../../test/harness.ts'
import { callThroughProxy } from '../../test/proxy.ts'

async function openSlack() {
  const harness = await createHarness()
  const { accountIds } = harness.emulator.seed({
    accounts: [
      { externalUserId: 'ada', app: 'slack' },
      { externalUserId: 'ada', app: 'slack' },
    ],
  })
  const [accountId = '', other = ''] = accountIds
  const proxy = callThroughProxy(harness)
  return {
    other,
    slack: async (method: string, json?: unknown) =>
      (await proxy(`https://slack.com/api/${method}`, { accountId, json })).body,
    slackOfOther: async (method: string) =>
      (await proxy(`https://slack.com/api/${method}`, { accountId: other })).body,
  }
}

test('channels are paged without duplicates', async () => {
  const { slack } = await openSlack()
  const names: string[] = []
  let cursor = ''
  do {
    const page = await slack(`conversations.list?limit=10&cursor=${cursor}`)
    names.push(...page.channels.map(({ name }: { name: string }) => name))
    cursor = page.response_metadata.next_cursor
  } while (cursor !== '')
  expect(names.length).toBeGreaterThan(20)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('general')
})

test('a message can be read in its channel, newest first, and by no other account', async () => {
  const { slack, slackOfOther } = await openSlack()
  const first = await slack('chat.postMessage', { channel: '#general', text: 'Hello' })
  const second = await slack('chat.postMessage', {
    channel: first.channel,
    text: 'And again',
    thread_ts: first.ts,
  })
  expect(Number(second.ts)).toBeGreaterThan(Number(first.ts))
  const { messages } = await slack(`conversations.history?channel=${first.channel}`)
  expect(messages).toMatchObject([
    { text: 'And again', thread_ts: first.ts },
    { text: 'Hello', ts: first.ts },
  ])
  expect((await slack('conversations.history?channel=random')).messages).toEqual([])
  expect((await slackOfOther('conversations.history?channel=general')).messages).toEqual([])
})

test.each([
  ['chat.postMessage', { channel: 'nowhere', text: 'x' }, 'channel_not_found'],
  ['chat.postMessage', { channel: 'general' }, 'no_text'],
  ['conversations.list?cursor=broken', undefined, 'invalid_cursor'],
  ['conversations.list?limit=0', undefined, 'invalid_limit'],
  ['toString', undefined, 'unknown_method'],
])('%s is rejected as by Slack', async (method, json, error) => {
  const { slack } = await openSlack()
  expect(await slack(method, json)).toEqual({ ok: false, error })
})
