import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { checkInput, checkRequired } from './check-input.ts'
import type {
  Component,
  ComponentInput,
  ConfigurePropInput,
  ListAllComponentsQuery,
  ListComponentsQuery,
  ReloadPropsInput,
} from './component.ts'
import type { ComponentOutcome, ConfiguredProp, ReloadedProps } from './component-outcome.ts'
import { type FetchPage, listPage, type Page } from './page.ts'
import {
  readComponent,
  readComponents,
  writeComponentsQuery,
  writeConfigureRequest,
  writeReloadRequest,
  writeVersionQuery,
} from './wire/component.ts'
import { readConfiguredProp, readReloadedProps } from './wire/component-outcome.ts'

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
