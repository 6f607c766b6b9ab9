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
  /** The response as it came, with the keys that this type leaves out. */
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

/** What a component is; older responses say `source` for `trigger`. */
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

/** What `get` takes besides the key. */
export interface GetComponentOptions extends CallOptions {
  /** Default: not sent, which Pipedream documents as the latest. */
  version?: string | undefined
}

/** A part of Pipedream's registry: actions, triggers, or both. */
export interface Components<Query extends ListComponentsQuery = ListAllComponentsQuery> {
  /** One page of components; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: Query, options?: CallOptions): Promise<Page<Component>>
  /** One component, by its key. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(key: string, options?: GetComponentOptions): Promise<Component>
  /**
   * Asks a component for the options of a prop with `remoteOptions`. Check `ok`: when the component's code fails that is no
   * exception, but a result without options. Never repeated by itself. Throws a `PipedreamError`.
   */
  configureProp(
    input: ConfigurePropInput,
    options?: CallOptions,
  ): Promise<ComponentOutcome<ConfiguredProp>>
  /**
   * Asks a component for its props anew, after one with `reloadProps` got its value. Check `ok`, as with `configureProp`. Never
   * repeated by itself. Throws a `PipedreamError`.
   */
  reloadProps(
    input: ReloadPropsInput,
    options?: CallOptions,
  ): Promise<ComponentOutcome<ReloadedProps>>
}

/** The three families of paths that share all of this. */
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

/** Checks what every call about a component takes. */
export function checkComponentInput(input: ComponentInput): void {
  checkRequired('key', input.key)
  checkRequired('externalUserId', input.externalUserId)
  checkInput('version', input.version)
  checkInput('dynamicPropsId', input.dynamicPropsId)
  checkConfiguredProps(input.configuredProps)
}

/** Checks values of props: an object, so that nothing else gets where their names belong. */
export function checkConfiguredProps(props: Readonly<Record<string, unknown>> | undefined): void {
  const isObject = typeof props === 'object' && props !== null && !Array.isArray(props)
  if (props === undefined || isObject) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'configuredProps',
    'an object, whose keys are the names of props',
  )
}
