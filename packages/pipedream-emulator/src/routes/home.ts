import type { Hono } from 'hono'
import { DEFAULT_CREDENTIALS } from '../state/default-credentials.ts'
import { renderHomePage } from '../pages/home-page.ts'
import type { Environment } from '../state/store.ts'
import type { World } from '../state/emulator-context.ts'

/** GET /: what this is and how to use it, for a person who opened the address. Pipedream has no such page. */
export function routeHome(app: Hono, world: World): void {
  app.get('/', () => {
    const { clientId, clientSecret, projectId } = world.credentials
    return renderHomePage({
      appName: world.project.appName,
      clientId,
      // A secret that somebody chose may be kept from others in the same network.
      clientSecret: clientSecret === DEFAULT_CREDENTIALS.clientSecret ? clientSecret : null,
      projectId,
      publicUrl: world.publicUrl,
      accounts: {
        development: countAccounts(world, 'development'),
        production: countAccounts(world, 'production'),
      },
    })
  })
}

function countAccounts({ store }: World, environment: Environment): number {
  return [...store.accounts.values()].filter((account) => account.environment === environment)
    .length
}
