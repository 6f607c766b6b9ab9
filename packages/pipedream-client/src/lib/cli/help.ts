import type { CliIo } from './cli-io.ts'

/** The text of `--help`. */
export function help({ program, standIn }: Pick<CliIo, 'program' | 'standIn'>): string {
  return `Usage: ${program} <command> [options]

tokens   Makes an OAuth token and a connect token, and shows the link with which a
         person connects an account.
  --user ID      the person, by your own id (default: TEST_USER_ID, else demo-user)
  --app SLUG     the app to connect, such as google_sheets
  --scope SCOPE  what the OAuth token may do (default: everything); may be repeated
  --reveal       show the tokens whole: they open accounts, so mind who is looking
  --json         one JSON object

doctor   Checks the configuration, and whether Pipedream accepts it. It reads, and it
         makes access tokens that it forgets; it changes nothing.
  --json         one JSON object

--help, --version

Settings are read from .env.local in this folder, then from the environment, which wins:
  PIPEDREAM_CLIENT_ID, PIPEDREAM_CLIENT_SECRET, PIPEDREAM_PROJECT_ID,
  PIPEDREAM_PROJECT_ENVIRONMENT (development or production); if you have them also
  PIPEDREAM_BASE_URL, PIPEDREAM_CONNECT_TOKEN_SCOPE, TEST_USER_ID, PUBLIC_URL,
  ALLOWED_ORIGINS.
${standIn === undefined ? '' : 'With none of PIPEDREAM_* set, the local emulator is used.\n'}`
}
