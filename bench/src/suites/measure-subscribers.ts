import { slopeOf } from '../measure/statistics.ts'
import { growthPlot } from '../plots.ts'
import { atMost, type Section } from '../report.ts'
import {
  type Delivery,
  type Live,
  measureDelivery,
  openIdle,
  openWatched,
  readSettled,
  startLive,
  stopLive,
} from './live.ts'
import type { Machinery } from './machinery.ts'

const WATCHED = 1000
const EVENTS = 50
const MEMORY_KB = 16
const DELIVERY_MS = 50

interface Step extends Delivery {
  idle: number
  rssBytes: number
  heapBytes: number
}

/** Measures idle subscribers, and the delivery of events next to them. */
export async function measureSubscribers({ upstream }: Machinery): Promise<Section[]> {
  return [await measureUpTo({ upstream, counts: [0, 2000, 4000] })]
}

/** Opens idle streams step by step, next to 1,000 streams of one user. */
export async function measureUpTo({
  upstream,
  counts,
}: Pick<Machinery, 'upstream'> & { counts: readonly number[] }): Promise<Section> {
  const live = await startLive(upstream)
  await openWatched(live, WATCHED)
  // The first events and streams pay for what is created once.
  await measureDelivery(live, { events: 5, streams: WATCHED })
  const steps: Step[] = []
  for (const idle of counts) {
    await openIdle(live, { from: steps.at(-1)?.idle ?? 0, to: idle })
    steps.push(await measureStep(live, idle))
    console.log(`  ${idle} idle subscribers`)
  }
  await stopLive(live)
  return toSection(steps)
}

async function measureStep(live: Live, idle: number): Promise<Step> {
  const { rssBytes, heapBytes } = await readSettled(live)
  const delivery = await measureDelivery(live, { events: EVENTS, streams: WATCHED })
  return { idle, rssBytes, heapBytes, ...delivery }
}

function toSection(steps: readonly Step[]): Section {
  const most = steps.at(-1)
  const idle = (most?.idle ?? 0).toLocaleString('en')
  const kB = (read: (step: Step) => number) =>
    slopeOf(steps.map((step) => ({ x: step.idle, y: read(step) / 1000 })))
  const rss = kB(({ rssBytes }) => rssBytes)
  const heap = kB(({ heapBytes }) => heapBytes)
  return {
    title: `Up to ${idle} live subscribers`,
    text: `Server-sent events of \`connectionEvents\`. Idle subscribers are different users. Next to them, ${WATCHED.toLocaleString('en')} streams of one user receive ${EVENTS} events, one after the other; their times run from the event's timestamp, before its commit, to the receipt in the other process. Memory is read after garbage collection. An idle subscriber takes ${rss.toFixed(1)} kB of resident memory, and ${heap.toFixed(1)} kB of heap and buffers: the slopes of the lines through the table.`,
    table: {
      head: ['idle subscribers', 'RSS MB', 'heap and buffers MB', 'p50 ms', 'p99 ms', 'last ms'],
      rows: steps.map((step) => [
        step.idle.toLocaleString('en'),
        (step.rssBytes / 1e6).toFixed(0),
        (step.heapBytes / 1e6).toFixed(0),
        step.p50.toFixed(1),
        step.p99.toFixed(1),
        step.last.toFixed(1),
      ]),
    },
    plots: [
      growthPlot({
        file: `memory-of-${most?.idle}-subscribers`,
        title: 'Memory for idle subscribers',
        x: 'idle subscribers',
        y: 'MB',
        scale: 'linear',
        lines: [
          { name: 'RSS', points: steps.map(({ idle: x, rssBytes }) => ({ x, y: rssBytes / 1e6 })) },
          {
            name: 'heap and buffers',
            points: steps.map(({ idle: x, heapBytes }) => ({ x, y: heapBytes / 1e6 })),
          },
        ],
      }),
    ],
    goals: [
      atMost(
        { name: `memory of each of ${idle} idle subscribers`, limit: MEMORY_KB, measured: rss },
        'kB',
      ),
      atMost(
        {
          name: `an event to ${WATCHED.toLocaleString('en')} subscribers, next to ${idle} idle ones: p99`,
          limit: DELIVERY_MS,
          measured: most?.p99 ?? Number.NaN,
        },
        'ms',
      ),
    ],
  }
}
