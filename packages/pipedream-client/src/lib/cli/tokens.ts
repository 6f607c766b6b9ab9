import type { ConnectToken } from '../server/connect-tokens.ts'
import type { AccessToken } from '../server/oauth-tokens.ts'
import { checkSettings } from './check-settings.ts'
import { cliError } from './cli-error.ts'
import type { CommandContext } from './cli-io.ts'
import { CONNECT_TOKEN_SCOPE } from './connect-token-scope.ts'
import { explainFailure, type Step } from './explain-failure.ts'
import { openClient } from './open-client.ts'
import { mask } from './output.ts'
import type { TokensFlags } from './parse-invocation.ts'

type Context = CommandContext<TokensFlags>

/** The command `tokens`: prints an OAuth token, a connect token and its link. Returns the exit code; throws a `CliError`. */
export async function tokens(context: Context): Promise<number> {
  const { io, flags, settings, output } = context
  const problems = checkSettings(settings)
  for (const { what, fix } of problems) output.failure(`${what} ${fix}`)
  if (problems.length > 0) return 1

  const attempt = async <T>(step: Step, call: Promise<T>) =>
    call.catch((error: unknown) => {
      throw cliError(explainFailure(error, step, settings))
    })
  const client = openClient(settings, io.fetch)
  const { app, scope } = flags
  const step = scope === undefined ? 'oauth-token' : 'scoped-token'
  const oauthToken = await attempt(step, client.oauthTokens.create({ scope }))
  if (!flags.json) printOAuthToken(oauthToken, context)
  // Pipedream creates a connect token for any app, and an unknown one would only fail in front of the user.
  if (app !== undefined) await attempt('app', client.apps.get(app))
  const connectToken = await attempt(
    'project',
    client.connectTokens.create({
      externalUserId: userOf(context),
      app,
      scope: settings.get('PIPEDREAM_CONNECT_TOKEN_SCOPE') ?? CONNECT_TOKEN_SCOPE,
    }),
  )
  if (flags.json) output.json(asJson(oauthToken, connectToken, context))
  else printConnectToken(connectToken, context)
  return 0
}

function userOf({ flags, settings }: Context): string {
  return flags.user ?? settings.get('TEST_USER_ID') ?? 'demo-user'
}

function printOAuthToken(token: AccessToken, { io, flags, output }: Context): void {
  const scope = token.scope ?? flags.scope
  const may = scope === undefined ? 'gives access to the whole workspace' : `has the scope ${scope}`
  output.line(`OAuth token    ${show(token.accessToken, flags)}`)
  output.line(`               It ${may}. Keep it on servers.`)
  output.line(`               ${expiry(token.expiresAt, io.now())}`)
}

function printConnectToken(token: ConnectToken, context: Context): void {
  const { io, flags, settings, output } = context
  const environment = settings.get('PIPEDREAM_PROJECT_ENVIRONMENT')
  output.line(`Connect token  ${show(token.connectToken, flags)}`)
  output.line(`               It connects one account of ${userOf(context)} in ${environment}.`)
  output.line(`               ${expiry(token.expiresAt, io.now())}`)
  output.line(`Connect link   ${linkOf(token, flags)}`)
  if (flags.app === undefined) output.line('               Add --app to complete it.')
  if (!flags.reveal) output.line('Tokens are shortened; --reveal prints them in full.')
}

function asJson(oauthToken: AccessToken, connectToken: ConnectToken, context: Context): unknown {
  const { flags, settings } = context
  return {
    oauthToken: {
      accessToken: show(oauthToken.accessToken, flags),
      tokenType: oauthToken.tokenType,
      expiresAt: oauthToken.expiresAt.toISOString(),
      scope: oauthToken.scope,
    },
    connectToken: {
      token: show(connectToken.connectToken, flags),
      expiresAt: connectToken.expiresAt.toISOString(),
      connectLinkUrl: linkOf(connectToken, flags),
      externalUserId: userOf(context),
      app: flags.app ?? null,
      projectEnvironment: settings.get('PIPEDREAM_PROJECT_ENVIRONMENT'),
    },
    masked: !flags.reveal,
  }
}

function show(token: string, { reveal }: TokensFlags): string {
  return reveal ? token : mask(token)
}

function linkOf({ connectToken, connectLinkUrl }: ConnectToken, flags: TokensFlags): string {
  const separator = connectLinkUrl.includes('?') ? '&' : '?'
  const app = flags.app === undefined ? '' : `${separator}app=${encodeURIComponent(flags.app)}`
  if (flags.reveal) return connectLinkUrl + app
  return connectLinkUrl.includes(connectToken)
    ? connectLinkUrl.replaceAll(connectToken, mask(connectToken)) + app
    : connectLinkUrl.replace(/[?#].*$/s, '?...')
}

function expiry(expiresAt: Date, now: Date): string {
  const minutes = Math.round((expiresAt.getTime() - now.getTime()) / 60_000)
  const wait = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
  return `It expires in ${wait}, at ${expiresAt.toISOString()}.`
}
