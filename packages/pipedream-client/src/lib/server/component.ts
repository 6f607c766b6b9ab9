import type { PageQuery } from './page.ts'

/** Something of Pipedream's registry that runs with your users' accounts: an action, or the source of a trigger. */
export interface Component {
  /** Its name in calls, such as `slack-send-message`. */
  readonly key: string
  /** The name for people. */
  readonly name: string
  /** Such as `0.1.2`. */
  readonly version: string
  readonly description: string | null
  /** Null when Pipedream did not say, or said something that this client does not know; see `raw`. */
  readonly componentType: ComponentType | null
  /** Whether it works on files of the stash: not at all when it is null. */
  readonly stash: 'optional' | 'required' | null
  /** What it wants to know before it runs, in the order in which to ask for it. */
  readonly configurableProps: readonly ConfigurableProp[]
  /** What it says about its effects; null when Pipedream sends no annotations. */
  readonly annotations: ComponentAnnotations | null
  /** The answer as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/**
 * What a component says about its effects: the tool annotations of the Model Context Protocol. They are hints of the
 * component's author and no guarantee. A hint is null when Pipedream does not send it, or sends something that is not a boolean.
 */
export interface ComponentAnnotations {
  /** The name for people; null for none. */
  readonly title: string | null
  /** True: it changes nothing. */
  readonly readOnlyHint: boolean | null
  /** True: it may delete or overwrite. False: it only adds. */
  readonly destructiveHint: boolean | null
  /** True: to call it again with the same arguments changes nothing more. */
  readonly idempotentHint: boolean | null
  /** True: it reaches systems outside of Pipedream. */
  readonly openWorldHint: boolean | null
}

/** What a component is; older answers say `source` for `trigger`. */
export type ComponentType = 'action' | 'trigger'

/**
 * A value that a component wants to know. The keys that only some types have (`min`, `max`, `appProp`, `content`, ...) are in
 * `raw`, by Pipedream's own names. Registries hold what anybody wrote: what is there but is not what it should be reads as absent.
 */
export interface ConfigurableProp {
  /** Its key in `configuredProps`. */
  readonly name: string
  /** `app`, `string`, `integer[]`, `boolean`, `alert`, `$.interface.timer`, ... */
  readonly type: string
  /** For people; the name when there is none. */
  readonly label: string
  readonly description: string | null
  /** Of the type `app`: the app's slug. Its value is `{ authProvisionId: 'apn_...' }`. */
  readonly app: string | null
  /** May be left out. */
  readonly optional: boolean
  readonly hidden: boolean
  readonly disabled: boolean
  readonly readOnly: boolean
  /** Its options are asked for with `configureProp`. Always true for Discord channels, whose props do not say so (observed). */
  readonly remoteOptions: boolean
  /** `configureProp` takes a `query` for it. */
  readonly useQuery: boolean
  /** Once it has a value the others change: ask for them with `reloadProps`. */
  readonly reloadProps: boolean
  /** A chosen option is stored as `{ __lv: { label, value } }`. */
  readonly withLabel: boolean
  /** What it holds at first; undefined when there is nothing. */
  readonly default: unknown
  /** What to choose from; null when it takes any value. */
  readonly options: readonly PropOption[] | null
  /** The prop as it came. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** A value to choose. */
export interface PropOption {
  /** For people. */
  readonly label: string
  /** Text, number or boolean, as Pipedream documents; stored as it is, or with its label: see `withLabel`. */
  readonly value: unknown
}

/** What `actions.list` and `triggers.list` take. */
export interface ListComponentsQuery extends PageQuery {
  /** Words to look for. */
  search?: string | undefined
  /** Only those of an app: its slug or id. */
  app?: string | undefined
  /** Pipedream's own, your workspace's, or both. Default: not sent, which Pipedream documents as `all`. */
  registry?: 'public' | 'private' | 'all' | undefined
}

/** What `components.list` takes. */
export interface ListAllComponentsQuery extends ListComponentsQuery {
  /** Only actions, or only triggers. */
  componentType?: ComponentType | undefined
}

/** What every call takes that is about a component in the hands of one user. */
export interface ComponentInput {
  /** The component's `key`. */
  key: string
  /** Default: not sent, which Pipedream documents as the latest. */
  version?: string | undefined
  /** Your id for your user. */
  externalUserId: string
  /** The values of its props, by their names; sent as they are, and never renamed. An app's is `{ authProvisionId: 'apn_...' }`. */
  configuredProps?: Readonly<Record<string, unknown>> | undefined
  /** From the last `reloadProps`. */
  dynamicPropsId?: string | undefined
}

/** What `configureProp` takes. */
export interface ConfigurePropInput extends ComponentInput {
  /** Of which prop to list the options. */
  propName: string
  /** Words to look for, if the prop has `useQuery`. */
  query?: string | undefined
  /** Which batch of options to give, counted from 0. */
  page?: number | undefined
  /** The `context` of the batch before this one, as it came. */
  prevContext?: Readonly<Record<string, unknown>> | undefined
  /** Whether to wait for the end; what Pipedream does otherwise is not documented. Default: not sent. */
  blocking?: boolean | undefined
}

/** What `reloadProps` takes. */
export interface ReloadPropsInput extends ComponentInput {
  /** Whether to wait for the end; what Pipedream does otherwise is not documented. Default: not sent. */
  blocking?: boolean | undefined
}
