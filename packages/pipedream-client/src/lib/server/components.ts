import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { checkInput, checkRequired } from './check-input.ts'
import type { ComponentOutcome, ConfiguredProp, ReloadedProps } from './component-outcome.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readConfiguredProp, readReloadedProps } from './wire/component-outcome.ts'
import {
  readComponent,
  readComponents,
  writeComponentsQuery,
  writeConfigureRequest,
  writeReloadRequest,
  writeVersionQuery,
} from './wire/components.ts'

/** A component of Pipedream's registry, which runs with your users' accounts: an action or a trigger's source. */
export interface Component {
  /** Key in calls, such as `slack-send-message`. */
  readonly key: string
  /** Display name. */
  readonly name: string
  /** Semantic version, such as `0.1.2`. */
  readonly version: string
  /** What the component does, in English, as Markdown; null if Pipedream did not say. */
  readonly description: string | null
  /** Null if absent or unknown to this client; see `raw`. */
  readonly componentType: ComponentType | null
  /** Whether the component uses the file stash; null if it does not. */
  readonly stash: 'optional' | 'required' | null
  /** The component's input, in the order in which to ask for it. */
  readonly configurableProps: readonly ConfigurableProp[]
  /** Hints about the component's effects; null if Pipedream sends none. */
  readonly annotations: ComponentAnnotations | null
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/**
 * Hints about a component's effects: the tool annotations of the Model Context Protocol. They come from the component's author
 * and are not guarantees. A hint is null if it is absent or not a boolean.
 */
export interface ComponentAnnotations {
  /** Display name; null if absent. */
  readonly title: string | null
  /** True if it changes nothing. */
  readonly readOnlyHint: boolean | null
  /** True if it may delete or overwrite data; false if it only adds. */
  readonly destructiveHint: boolean | null
  /** True if repeating a call with the same arguments changes nothing more. */
  readonly idempotentHint: boolean | null
  /** True if it interacts with systems outside of Pipedream. */
  readonly openWorldHint: boolean | null
}

/** What a component is. Older responses say `source` for `trigger`. */
export type ComponentType = 'action' | 'trigger'

/**
 * An input of a component. Keys that only some types have (`min`, `max`, `appProp`, `content`, ...) are in `raw`, with
 * Pipedream's own names. Anyone may publish a component, so an invalid optional key is treated as absent.
 */
export interface ConfigurableProp {
  /** Key in `configuredProps`. */
  readonly name: string
  /** Such as `app`, `string`, `integer[]`, `boolean`, `alert` or `$.interface.timer`. */
  readonly type: string
  /** Display name; `name` if absent. */
  readonly label: string
  /** Help for the user, as Markdown; null if absent. */
  readonly description: string | null
  /** For the type `app`: the app's slug, else null. Its value is `{ authProvisionId: 'apn_...' }`. */
  readonly app: string | null
  /** Whether it may be omitted. */
  readonly optional: boolean
  /** Whether Pipedream's own forms hide it. */
  readonly hidden: boolean
  /** Whether Pipedream's own forms disable it. */
  readonly disabled: boolean
  /** Whether Pipedream's own forms do not let the user change it. */
  readonly readOnly: boolean
  /**
   * Whether its options come from `configureProp`. Always true for Discord channels, although Pipedream does not mark them
   * (observed).
   */
  readonly remoteOptions: boolean
  /** Whether `configureProp` accepts a `query` for it. */
  readonly useQuery: boolean
  /** Whether its value changes the other props: call `reloadProps` after setting it. */
  readonly reloadProps: boolean
  /** Whether a chosen option is stored as `{ __lv: { label, value } }`. */
  readonly withLabel: boolean
  /** Initial value; undefined if absent. */
  readonly default: unknown
  /** Options to choose from; null if it accepts any value. */
  readonly options: readonly PropOption[] | null
  /** The unmodified prop. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** An option of a prop. */
export interface PropOption {
  /** Display name. */
  readonly label: string
  /** A string, number or boolean, as Pipedream documents. Stored as it is, or with its label; see `withLabel`. */
  readonly value: unknown
}

/** Query of `actions.list` and `triggers.list`. */
export interface ListComponentsQuery extends PageQuery {
  /** Search terms. Default: none. */
  search?: string | undefined
  /** Only components of this app, given by slug or id. Default: all apps. */
  app?: string | undefined
  /** Pipedream's components, your workspace's, or both. Default: not sent, which Pipedream documents as `all`. */
  registry?: 'public' | 'private' | 'all' | undefined
}

/** Query of `components.list`. */
export interface ListAllComponentsQuery extends ListComponentsQuery {
  /** Only actions, or only triggers. Default: both. */
  componentType?: ComponentType | undefined
}

/** Input of every call about a component for one user. */
export interface ComponentInput {
  /** The component's `key`. */
  key: string
  /** Semantic version. Default: not sent, which Pipedream documents as the latest. */
  version?: string | undefined
  /** Your id for your user. */
  externalUserId: string
  /** Prop values by name, sent unchanged. The value of an `app` prop is `{ authProvisionId: 'apn_...' }`. Default: none. */
  configuredProps?: Readonly<Record<string, unknown>> | undefined
  /** `dynamicPropsId` of the last `reloadProps`. Default: none. */
  dynamicPropsId?: string | undefined
}

/** Input of `configureProp`. */
export interface ConfigurePropInput extends ComponentInput {
  /** The prop whose options to list. */
  propName: string
  /** Search terms, for a prop with `useQuery`. Default: none. */
  query?: string | undefined
  /** Page of options, counted from 0. Default: not sent; the first page (inferred). */
  page?: number | undefined
  /** `context` of the previous page, unmodified. Default: none. */
  prevContext?: Readonly<Record<string, unknown>> | undefined
  /** Whether the request waits for the result; Pipedream does not document what happens otherwise. Default: not sent. */
  blocking?: boolean | undefined
}

/** Input of `reloadProps`. */
export interface ReloadPropsInput extends ComponentInput {
  /** Whether the request waits for the result; Pipedream does not document what happens otherwise. Default: not sent. */
  blocking?: boolean | undefined
}

/** Options of `get`. */
export interface GetComponentOptions extends CallOptions {
  /** Semantic version. Default: not sent, which Pipedream documents as the latest. */
  version?: string | undefined
}

/** A part of Pipedream's registry: actions, triggers, or both. */
export interface Components<Query extends ListComponentsQuery = ListAllComponentsQuery> {
  /** Resolves to one page of components; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: Query, options?: CallOptions): Promise<Page<Component>>
  /** Resolves to a component, given by its key. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(key: string, options?: GetComponentOptions): Promise<Component>
  /**
   * Asks a component for the options of a prop with `remoteOptions`. Check `ok`: if the component's code fails, this does not
   * throw, but resolves to an outcome without options. Never retried, unless `repeatable` is set. Throws a `PipedreamError`.
   */
  configureProp(
    input: ConfigurePropInput,
    options?: CallOptions,
  ): Promise<ComponentOutcome<ConfiguredProp>>
  /**
   * Asks a component for its props again, after a prop with `reloadProps` was set. Check `ok`, as with `configureProp`. Never
   * retried, unless `repeatable` is set. Throws a `PipedreamError`.
   */
  reloadProps(
    input: ReloadPropsInput,
    options?: CallOptions,
  ): Promise<ComponentOutcome<ReloadedProps>>
}

/** The path segments under which these calls exist. */
export type ComponentFamily = 'components' | 'actions' | 'triggers'

export function createComponents<Query extends ListComponentsQuery>(
  callApi: CallApi,
  projectId: string,
  family: ComponentFamily,
): Components<Query> {
  const collection = ['connect', projectId, family]
  const fetchPage: FetchPage<Component, ListAllComponentsQuery> = (query, options) =>
    callApi(
      {
        method: 'GET',
        path: collection,
        query: writeComponentsQuery(query),
        read: readComponents,
      },
      options,
    )
  return {
    async list(query, options) {
      checkInput('app', query?.app)
      return listPage(fetchPage, query ?? {}, options)
    },
    async get(key, options) {
      const path = [...collection, checkSegment('key', key)]
      const query = writeVersionQuery(options?.version)
      return callApi({ method: 'GET', path, query, read: readComponent }, options)
    },
    async configureProp(input, options) {
      checkComponentInput(input)
      checkRequired('propName', input.propName)
      const path = [...collection, 'configure']
      const body = writeConfigureRequest(input)
      return callApi({ method: 'POST', path, body, read: readConfiguredProp }, options)
    },
    async reloadProps(input, options) {
      checkComponentInput(input)
      const path = [...collection, 'props']
      const body = writeReloadRequest(input)
      return callApi({ method: 'POST', path, body, read: readReloadedProps }, options)
    },
  }
}

/** Checks the input of every call about a component. */
export function checkComponentInput(input: ComponentInput): void {
  checkRequired('key', input.key)
  checkRequired('externalUserId', input.externalUserId)
  checkInput('version', input.version)
  checkInput('dynamicPropsId', input.dynamicPropsId)
  checkConfiguredProps(input.configuredProps)
}

/** Checks that prop values are an object. */
export function checkConfiguredProps(props: Readonly<Record<string, unknown>> | undefined): void {
  const isObject = typeof props === 'object' && props !== null && !Array.isArray(props)
  if (props === undefined || isObject) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'configuredProps',
    'an object whose keys are the names of props',
  )
}
