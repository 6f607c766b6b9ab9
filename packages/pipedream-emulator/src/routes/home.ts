import type { Hono } from 'hono'
import { renderHomePage } from '../pages/home-page.ts'
import type { Environment } from '../state/store.ts'
import { DEFAULT_CREDENTIALS, type EmulatorContext } from '../state/emulator-context.ts'

/** GET /: explains the emulator to a person who opens its address. Pipedream has no such page. */
export function routeHome(app: Hono, context: EmulatorContext): void {
  app.get('/', () => {
    const { clientId, clientSecret, projectId } = context.credentials
    return renderHomePage({
      appName: context.project.appName,
      clientId,
      // A custom secret may have to stay secret on the local network.
      clientSecret: clientSecret === DEFAULT_CREDENTIALS.clientSecret ? clientSecret : null,
      projectId,
      publicUrl: context.publicUrl,
      accounts: {
        development: countAccounts(context, 'development'),
        production: countAccounts(context, 'production'),
      },
    })
  })
}

function countAccounts({ store }: EmulatorContext, environment: Environment): number {
  return [...store.accounts.values()].filter((account) => account.environment === environment)
    .length
}
