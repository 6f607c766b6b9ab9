import { exponentOf } from '../measure/statistics.ts'
import { growthPlot } from '../plots.ts'
import type { Section } from '../report.ts'
import { type Delivery, measureDelivery, openWatched, startLive, stopLive } from './live.ts'
import type { Machinery } from './machinery.ts'

const COUNTS = [1, 10, 100, 1000, 10_000]
const EVENTS = 20

/** Measures how the delivery of an event grows with the number of its subscribers. */
export async function growSubscribers({ upstream }: Machinery): Promise<Section> {
  const live = await startLive(upstream)
  const all: (Delivery & { streams: number })[] = []
  for (const streams of COUNTS) {
    await openWatched(live, streams - (all.at(-1)?.streams ?? 0))
    // The first events pay for what is created once.
    await measureDelivery(live, { events: 5, streams })
    all.push({ streams, ...(await measureDelivery(live, { events: EVENTS, streams })) })
    console.log(`  an event to ${streams} subscribers`)
  }
  await stopLive(live)
  return toSection(all)
}

function toSection(all: readonly (Delivery & { streams: number })[]): Section {
  const points = (read: (delivery: Delivery) => number) =>
    all.map((delivery) => ({ x: delivery.streams, y: read(delivery) }))
  const last = points((delivery) => delivery.last)
  return {
    title: 'Growth of the number of subscribers of one event',
    text: `${EVENTS} events for each number, one after the other; times from the event's timestamp, before its commit, to the receipt in the other process. The time until the last subscriber has it grows with the exponent ${exponentOf(last.slice(-2)).toFixed(2)} from 1,000 to 10,000.`,
    table: {
      head: ['subscribers', 'p50 ms', 'p99 ms', 'last ms'],
      rows: all.map(({ streams, p50, p99, last: lastMs }) => [
        streams.toLocaleString('en'),
        ...[p50, p99, lastMs].map((value) => value.toFixed(1)),
      ]),
    },
    plots: [
      growthPlot({
        file: 'growth-of-subscribers',
        title: 'Delivery by number of subscribers',
        x: 'subscribers',
        y: 'ms',
        scale: 'log',
        lines: [
          { name: 'median', points: points(({ p50 }) => p50) },
          { name: 'last', points: last },
        ],
      }),
    ],
    goals: [],
  }
}
