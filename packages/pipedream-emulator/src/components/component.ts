/** One input of a component, as it stands on the wire: Pipedream's own names, which are camelCase here. */
export interface ConfigurableProp {
  name: string
  type: string
  label?: string
  description?: string
  optional?: boolean
  /** Ask `/configure` for the values to choose from. */
  remoteOptions?: boolean
  /** `/configure` takes what the person typed. */
  useQuery?: boolean
  /** Ask `/props` for the whole list anew once this one is set. */
  reloadProps?: boolean
  /** A choice is kept together with its label, as `{ "__lv": { label, value } }`. */
  withLabel?: boolean
  /** What a single type has besides: `app`, `default`, `options`, `min`, `content`, ... */
  [extra: string]: unknown
}

/** What somebody filled in: prop name to value. An app's value is `{ authProvisionId: 'apn_...' }`. */
export type ConfiguredProps = Record<string, unknown>

/** What a component has while it works. What it throws becomes an observation, and the answer is still 200. */
export interface ComponentContext {
  /** Those of its own props alone. */
  configuredProps: ConfiguredProps
  /** Sends a request with the account of its app prop, to a provider that the emulator stands in for; throws when there is none. */
  call: (request: Request) => Promise<Response>
  /** A line of its log: an observation `console.log`. */
  log: (message: string) => void
  /** Keeps a file in the run's file stash and answers where it is; throws when the caller asked for no stash. */
  stash: (file: { name: string; bytes: Uint8Array }) => { s3Key: string; url: string }
}

export interface OptionsQuery {
  /** From 0. */
  page: number
  /** The `context` of the page before, empty for the first. */
  prevContext: Record<string, unknown>
  /** What the person typed, empty for nothing. */
  query: string
}

export interface OptionsPage {
  options: { label: string; value: string | number | boolean }[]
  /** Comes back as `prevContext`; null on the last page. */
  context: Record<string, unknown> | null
}

interface Describable {
  /** `<app slug>-<name>`. */
  key: string
  name: string
  /** SemVer. */
  version: string
  description: string
  /** Slug of its app; null for a trigger that needs none. */
  app: string | null
  props: readonly ConfigurableProp[]
  /** By prop name: where the values of a prop with `remoteOptions` come from. */
  options?: Record<string, (context: ComponentContext, query: OptionsQuery) => Promise<OptionsPage>>
  /** The whole list of props for what is filled in so far. Default: `props`. */
  reload?: (context: ComponentContext) => Promise<ConfigurableProp[]>
}

export interface Action extends Describable {
  type: 'action'
  annotations: {
    title: string | null
    readOnlyHint: boolean
    destructiveHint: boolean
    idempotentHint: boolean
    openWorldHint: boolean
  }
  /** Can it use the file stash? Null: it cannot. */
  stashUse: 'optional' | 'required' | null
  /** `summary` becomes the export `$summary`. */
  run: (context: ComponentContext) => Promise<{ ret: unknown; summary: string }>
}

/** Something that happened at a provider, or at an endpoint, that triggers wait for. */
export interface Happening {
  /** Key of the triggers that want to know. */
  componentKey: string
  /** Where it happened, null for what belongs to one deployed trigger alone. */
  accountId: string | null
  event: unknown
  /** A line about it. */
  summary: string
}

export interface Trigger extends Describable {
  type: 'trigger'
  /** Which kind of emitter it becomes: a source, or an HTTP or timer interface of its own. */
  emitter: 'source' | 'http' | 'timer'
  /** Is this happening one for the deployed trigger with these props? Default: yes. */
  wants?: (configuredProps: ConfiguredProps, event: unknown) => boolean
  /** What happened before it was deployed, oldest first, for `emit_on_deploy`. Default: nothing. */
  history?: (context: ComponentContext) => Promise<{ event: unknown; summary: string }[]>
}

export type Component = Action | Trigger
