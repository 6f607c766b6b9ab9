/** An input of a component in Pipedream's wire format, which is camelCase here. */
export interface ConfigurableProp {
  name: string
  type: string
  label?: string
  description?: string
  optional?: boolean
  /** `/configure` returns the values to choose from. */
  remoteOptions?: boolean
  /** `/configure` accepts a search term. */
  useQuery?: boolean
  /** `/props` returns a new list of props after this one is set. */
  reloadProps?: boolean
  /** A choice includes its label: `{ "__lv": { label, value } }`. */
  withLabel?: boolean
  /** Fields of a single type: `app`, `default`, `options`, `min`, `content`, ... */
  [extra: string]: unknown
}

/** The user's input, by prop name. The value of an app prop is `{ authProvisionId: 'apn_...' }`. */
export type ConfiguredProps = Record<string, unknown>

/**
 * What a component can use while it runs. An error that it throws becomes an observation, and the response is still
 * 200.
 */
export interface ComponentContext {
  /** Only the component's own props. */
  configuredProps: ConfiguredProps
  /**
   * Sends a request to an emulated provider with the account of the component's app prop. Throws when no account is
   * chosen.
   */
  call: (request: Request) => Promise<Response>
  /** Writes a line to the log: an observation of kind `console.log`. */
  log: (message: string) => void
  /** Stores a file in the run's file stash and returns its location. Throws when the caller requested no stash. */
  stash: (file: { name: string; bytes: Uint8Array }) => { s3Key: string; url: string }
}

export interface OptionsQuery {
  /** Counts from 0. */
  page: number
  /** The `context` of the previous page; empty for the first. */
  prevContext: Record<string, unknown>
  /** The user's search term; empty for none. */
  query: string
}

export interface OptionsPage {
  options: { label: string; value: string | number | boolean }[]
  /** Returned as `prevContext` of the next page; null on the last page. */
  context: Record<string, unknown> | null
}

interface Describable {
  /** `<app slug>-<name>`. */
  key: string
  name: string
  /** SemVer. */
  version: string
  description: string
  /** Slug of the component's app; null for a trigger that needs none. */
  app: string | null
  props: readonly ConfigurableProp[]
  /** The sources of the values of props with `remoteOptions`, by prop name. */
  options?: Record<string, (context: ComponentContext, query: OptionsQuery) => Promise<OptionsPage>>
  /** Returns the list of props for the current input. Default: `props`. */
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
  /** Whether the action can use the file stash; null: it cannot. */
  stashUse: 'optional' | 'required' | null
  /** `summary` becomes the export `$summary`. */
  run: (context: ComponentContext) => Promise<{ ret: unknown; summary: string }>
}

/** A change at a provider or a request to an endpoint that triggers wait for. */
export interface SourceEvent {
  /** Key of the triggers to notify. */
  componentKey: string
  /** The account of the change; null when it belongs to one deployed trigger. */
  accountId: string | null
  event: unknown
  /** A one-line summary. */
  summary: string
}

export interface Trigger extends Describable {
  type: 'trigger'
  /** The kind of emitter: a source, or an HTTP or timer interface. */
  emitter: 'source' | 'http' | 'timer'
  /** Returns true when the deployed trigger with these props emits this event. Default: always. */
  matches?: (configuredProps: ConfiguredProps, event: unknown) => boolean
  /** Returns the events before the deployment, oldest first, for `emit_on_deploy`. Default: none. */
  history?: (context: ComponentContext) => Promise<{ event: unknown; summary: string }[]>
}

export type Component = Action | Trigger
