// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { renderPage } from '../../test/render-page.tsx'
import { LiveEvents, useConnectionEvents } from './LiveEvents.tsx'
import type { LiveEvent } from './connection-events.ts'

function Listener({ onEvent }: { onEvent: (event: LiveEvent) => void }) {
  useConnectionEvents(onEvent)
  return null
}

test('a page that missed too many events is told to read everything again', async () => {
  const heard: LiveEvent[] = []
  const onEvent = (event: LiveEvent) => void heard.push(event)
  renderPage(
    <LiveEvents lastEventId="0">
      <Listener onEvent={onEvent} />
    </LiveEvents>,
    {
      ConnectionEvents: { connectionEvents: { __typename: 'EventsSkipped', lastEventId: '60000' } },
    },
  )
  await expect.poll(() => heard).toEqual([{ id: '60000', type: 'SKIPPED' }])
})
