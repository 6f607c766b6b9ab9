import type { GatewayHealth } from '../../observability/health.ts'
import type { OperatorData } from '../../operator/operator-data.ts'
import type { UpstreamLatency } from '../../observability/upstream-latency.ts'
import { builder } from './builder.ts'

const ESTIMATE = 'An estimate; null: more than ten seconds.'

type UpstreamState = GatewayHealth['upstream']

const UpstreamStateRef = builder.enumType('UpstreamState', {
  values: {
    UP: { value: 'up' },
    TRYING: {
      value: 'trying',
      description: 'It was down, and one call finds out whether it is up.',
    },
    DOWN: { value: 'down', description: 'It failed too often, so nothing is sent for a while.' },
  } as const satisfies Record<
    Uppercase<UpstreamState>,
    { value: UpstreamState; description?: string }
  >,
})

const UpstreamHealthRef = builder
  .objectRef<Pick<GatewayHealth, 'upstream'>>('UpstreamHealth')
  .implement({
    description: 'Pipedream, as the calls of this replica found it.',
    fields: (t) => ({ state: t.expose('upstream', { type: UpstreamStateRef }) }),
  })

const DatabaseHealthRef = builder
  .objectRef<Pick<GatewayHealth, 'database' | 'migrations'> & { writesWaiting: number }>(
    'DatabaseHealth',
  )
  .implement({
    fields: (t) => ({
      isUp: t.boolean({
        description: 'Whether it answers and accepts writes.',
        resolve: ({ database }) => database === 'up',
      }),
      isMigrated: t.boolean({
        description: 'Whether its tables are those that this version needs.',
        resolve: ({ migrations }) => migrations === 'done',
      }),
      writesWaiting: t.exposeInt('writesWaiting', {
        description: 'Writes of this replica that wait for their transaction.',
      }),
    }),
  })

const SubscriptionsHealthRef = builder
  .objectRef<OperatorData['streams']>('SubscriptionsHealth')
  .implement({
    fields: (t) => ({
      open: t.exposeInt('size', { description: 'Streams of live events that are open.' }),
    }),
  })

export const GatewayHealthRef = builder.objectRef<OperatorData>('GatewayHealth').implement({
  description: 'How this replica and what it stands on are.',
  fields: (t) => ({
    upstream: t.field({ type: UpstreamHealthRef, resolve: ({ readHealth }) => readHealth() }),
    database: t.field({
      type: DatabaseHealthRef,
      resolve: async ({ readHealth, database }) => ({
        ...(await readHealth()),
        writesWaiting: database.waiting,
      }),
    }),
    subscriptions: t.expose('streams', { type: SubscriptionsHealthRef }),
  }),
})

export const UpstreamLatencyRef = builder.objectRef<UpstreamLatency>('UpstreamLatency').implement({
  description:
    'How fast Pipedream answered one operation, as this replica has seen it since it began; other replicas may see it differently.',
  fields: (t) => ({
    operation: t.exposeString('operation', {
      description: 'Method and path, such as `GET /v1/connect/:id/accounts`.',
    }),
    count: t.exposeInt('count', { description: 'Calls, each retry for itself.' }),
    failed: t.exposeInt('failed', {
      description: 'Those answered by a status of 500 or more, 408 or 429, or not at all.',
    }),
    p50Ms: t.exposeFloat('p50Ms', { description: ESTIMATE, nullable: true }),
    p90Ms: t.exposeFloat('p90Ms', { description: ESTIMATE, nullable: true }),
    p99Ms: t.exposeFloat('p99Ms', { description: ESTIMATE, nullable: true }),
  }),
})
