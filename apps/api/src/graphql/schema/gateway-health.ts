import type { GatewayHealth } from '../../observability/health.ts'
import type { OperatorData } from '../../operator/operator-data.ts'
import type { UpstreamLatency } from '../../observability/upstream-latency.ts'
import { builder } from './builder.ts'

const ESTIMATE = 'An estimate; null if above ten seconds.'

type UpstreamState = GatewayHealth['upstream']

const UpstreamStateRef = builder.enumType('UpstreamState', {
  values: {
    UP: { value: 'up' },
    TRYING: {
      value: 'trying',
      description: 'A single call is testing whether Pipedream has recovered.',
    },
    DOWN: { value: 'down', description: 'Too many calls failed; requests are paused.' },
  } as const satisfies Record<
    Uppercase<UpstreamState>,
    { value: UpstreamState; description?: string }
  >,
})

const UpstreamHealthRef = builder
  .objectRef<Pick<GatewayHealth, 'upstream'>>('UpstreamHealth')
  .implement({
    description: 'Pipedream’s state, as observed by this replica.',
    fields: (t) => ({ state: t.expose('upstream', { type: UpstreamStateRef }) }),
  })

const DatabaseHealthRef = builder
  .objectRef<Pick<GatewayHealth, 'database' | 'migrations'> & { writesWaiting: number }>(
    'DatabaseHealth',
  )
  .implement({
    fields: (t) => ({
      isUp: t.boolean({
        description: 'Whether the database responds and accepts writes.',
        resolve: ({ database }) => database === 'up',
      }),
      isMigrated: t.boolean({
        description: 'Whether the tables match this version.',
        resolve: ({ migrations }) => migrations === 'done',
      }),
      writesWaiting: t.exposeInt('writesWaiting', {
        description: 'Writes of this replica that are queued for a transaction.',
      }),
    }),
  })

const SubscriptionsHealthRef = builder
  .objectRef<OperatorData['streams']>('SubscriptionsHealth')
  .implement({
    fields: (t) => ({
      open: t.exposeInt('size', { description: 'Open event streams.' }),
    }),
  })

export const GatewayHealthRef = builder.objectRef<OperatorData>('GatewayHealth').implement({
  description: 'Health of this replica and its dependencies.',
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
    'Pipedream’s response times for one operation, measured by this replica since it started.',
  fields: (t) => ({
    operation: t.exposeString('operation', {
      description: 'Method and path, such as `GET /v1/connect/:id/accounts`.',
    }),
    count: t.exposeInt('count', { description: 'Number of calls; retries count.' }),
    failed: t.exposeInt('failed', {
      description: 'Calls without a response, or with status 408, 429 or 500 and above.',
    }),
    p50Ms: t.exposeFloat('p50Ms', { description: ESTIMATE, nullable: true }),
    p90Ms: t.exposeFloat('p90Ms', { description: ESTIMATE, nullable: true }),
    p99Ms: t.exposeFloat('p99Ms', { description: ESTIMATE, nullable: true }),
  }),
})
