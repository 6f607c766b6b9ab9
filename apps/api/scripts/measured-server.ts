// The gateway that `measure-subscribers.ts` measures.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CONNECT_TOKEN_SCOPE } from 'pipedream-client/node'
import { createPipedreamClient } from 'pipedream-client/server'
import { defaultLimits } from '../src/config/limit-settings.ts'
import { unlimited } from '../src/http/rate-limits.ts'
import { listen } from '../src/http/listen.ts'
import { createLog } from '../src/observability/log.ts'
import { createServer } from '../src/server.ts'
import { createEvents } from '../src/store/events.ts'
import { openDatabase } from '../src/store/open-database.ts'
import { createIssuer } from '../test/fixtures/create-issuer.ts'
import { createVerifyJwt } from '../src/auth/verify-jwt.ts'
import { serveMeasurements } from './measured.ts'

const people = Number(process.argv[2])
const folder = await mkdtemp(join(tmpdir(), 'measure-subscribers-'))
const database = await openDatabase(join(folder, 'gateway.sqlite'))
const issuer = await createIssuer()
const listener = await listen(0, 'loopback')
const publicUrl = `http://localhost:${listener.port}`
const server = createServer({
  pipedream: createPipedreamClient({
    clientId: 'none',
    clientSecret: 'none',
    projectId: 'proj_none',
    projectEnvironment: 'development',
  }),
  database,
  log: createLog({ write: () => {} }),
  publicUrl,
  connectTokens: {
    allowedOrigins: [publicUrl],
    scope: CONNECT_TOKEN_SCOPE,
    connectUrl: publicUrl,
    hasWebhooks: false,
  },
  verifyJwt: createVerifyJwt(issuer.auth, { fetch: issuer.fetch }),
  limits: {
    ...defaultLimits,
    rates: unlimited,
    trustedDocuments: { documents: new Map(), only: false },
    introspection: true,
  },
  live: { perUser: Number.POSITIVE_INFINITY },
})
listener.serve(server)
const events = createEvents(database, () => new Date())

process.on('disconnect', () => {
  void rm(folder, { recursive: true }).then(() => process.exit(0))
})
const seconds = Math.floor(Date.now() / 1000) + 3600
serveMeasurements(events, {
  port: listener.port,
  oneToken: await issuer.sign({ sub: 'one', exp: seconds }),
  tokens: await Promise.all(
    Array.from({ length: people }, (_, index) =>
      issuer.sign({ sub: `user-${index}`, exp: seconds }),
    ),
  ),
})
