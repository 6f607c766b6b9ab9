import type { CliIo } from './cli-io.ts'

/** Returns the output of `--help`. */
export function help({ program, standIn }: Pick<CliIo, 'program' | 'standIn'>): string {
  return `Usage: ${program} <command> [options]

tokens   Creates an OAuth token and a connect token, and prints a link for connecting
         an account.
  --user ID      your own id for the user (default: TEST_USER_ID, else demo-user)
  --app SLUG     the app to connect, such as google_sheets
  --scope SCOPE  a scope of the OAuth token (default: everything); repeatable
  --reveal       print full tokens; anyone who sees them can use them
  --json         print one JSON object

doctor   Checks the configuration, and whether Pipedream accepts it. Creates access
         tokens and discards them; changes nothing.
  --json         print one JSON object

--help, --version

Settings are read from .env.local in this folder and from the environment, which wins:
  PIPEDREAM_CLIENT_ID, PIPEDREAM_CLIENT_SECRET, PIPEDREAM_PROJECT_ID,
  PIPEDREAM_PROJECT_ENVIRONMENT (development or production); optionally
  PIPEDREAM_BASE_URL, PIPEDREAM_CONNECT_TOKEN_SCOPE, TEST_USER_ID,
  ALLOW_INSECURE (on allows plain http to other machines), HTTPS_PROXY, HTTP_PROXY,
  NO_PROXY. PIPEDREAM_CONNECT_URL, PUBLIC_URL and ALLOWED_ORIGINS are only checked.
With the client secret in the environment, the file must not set PIPEDREAM_BASE_URL,
PIPEDREAM_CONNECT_URL, ALLOW_INSECURE or a proxy.
${standIn === undefined ? '' : 'Without any PIPEDREAM_* setting, the local emulator is used.\n'}`
}
