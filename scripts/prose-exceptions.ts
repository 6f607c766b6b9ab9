/** A place where a phrase of the list stays. It covers the phrase inside of `text` and nothing else. */
export interface ProseException {
  /** A file, or a folder that ends in `/`, from the root of the repository. */
  path: string
  text: string
  why: string
}

export const EXCEPTIONS: ProseException[] = [
  { path: 'docs/operating.md', text: 'flow_burned', why: 'a former name' },
  { path: 'docs/operating.md', text: 'FLOW_BURNED', why: 'a former name' },
  { path: 'docs/operating.md', text: 'burnedAt', why: 'a former name' },
  { path: 'docs/operating.md', text: 'FlowCounts.begun', why: 'a former name' },
  { path: 'docs/operating.md', text: '`nobody`', why: 'a former name' },
  { path: 'apps/api/', text: 'burned_at', why: 'a column; events and flows are never migrated' },
  { path: 'apps/api/', text: 'flow_burned', why: 'a stored event type; events are append-only' },
  { path: 'docs/', text: 'REST_TWINS', why: 'the former name of REST_TOKENS, still accepted' },
  { path: 'apps/api/', text: 'REST_TWINS', why: 'the former name of REST_TOKENS, still accepted' },
  {
    path: 'packages/pipedream-emulator/',
    text: 'openWorldHint',
    why: 'a tool annotation of the Model Context Protocol',
  },
  {
    path: 'packages/pipedream-client/',
    text: 'openWorldHint',
    why: 'a tool annotation of the Model Context Protocol',
  },
]

/** Data and generated files: their words are not written here. */
export const IGNORED = [
  'pnpm-lock.yaml',
  'apps/web/src/graphql-env.d.ts',
  'packages/conformance/src/emulator/recorded-requests.json',
  'packages/pipedream-emulator/src/catalogue/apps.json',
  'packages/pipedream-emulator/src/catalogue/logos.json',
  // The list itself, and the tests of what reads it.
  'scripts/prose-rules.ts',
  'scripts/prose-exceptions.ts',
  'scripts/check-prose.test.ts',
]
