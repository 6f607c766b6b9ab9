import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { checkInput, checkRequired } from './check-input.ts'
import { isProjectId } from './client-options.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readNothing } from './read-json.ts'
import {
  readProject,
  readProjectInfo,
  readProjects,
  writeLogoRequest,
  writeProjectRequest,
  writeProjectsQuery,
} from './wire/projects.ts'

/** A project of the workspace. */
export interface Project {
  /** `proj_...` */
  readonly id: string
  /** Display name. */
  readonly name: string
  /** Name of your product, as the hosted page shows it; null if absent. */
  readonly appName: string | null
  /** Support address that the hosted page shows; null if absent. */
  readonly supportEmail: string | null
  /** Whether Pipedream tests keys with a live request before it connects an account. Null if Pipedream did not say. */
  readonly connectRequireKeyAuthTest: boolean | null
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Result of `projects.getInfo`. */
export interface ProjectInfo {
  /** The apps with an OAuth client in the project. */
  readonly apps: readonly {
    /** `oa_...` */
    readonly oauthAppId: string
    /** Slug of the app. */
    readonly slug: string
  }[]
  /** The unmodified response. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Query of `projects.list`. */
export interface ListProjectsQuery extends PageQuery {
  /** Search terms. Default: none. */
  search?: string | undefined
}

/** Input of `projects.create`. */
export interface CreateProjectInput {
  /** Display name. */
  name: string
  /** Name of your product, for the hosted page. Default: none. */
  appName?: string | undefined
  /** Support e-mail address, for the hosted page. Default: none. */
  supportEmail?: string | undefined
  /** Whether to test keys with a live request before an account is connected. Default: not sent. */
  connectRequireKeyAuthTest?: boolean | undefined
}

/** Input of `projects.update`. Omitted properties keep their values. */
export type UpdateProjectInput = Partial<CreateProjectInput>

/** All projects of the workspace. */
export interface Projects {
  /** Resolves to one page of projects; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListProjectsQuery, options?: CallOptions): Promise<Page<Project>>
  /** Creates a project. Never retried, unless `repeatable` is set. Throws a `PipedreamError`. */
  create(input: CreateProjectInput, options?: CallOptions): Promise<Project>
  /** Resolves to the project `proj_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(projectId: string, options?: CallOptions): Promise<Project>
  /** Changes a project. Never retried, unless `repeatable` is set. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(projectId: string, input: UpdateProjectInput, options?: CallOptions): Promise<Project>
  /** Deletes a project. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  delete(projectId: string, options?: CallOptions): Promise<void>
  /**
   * Replaces the logo of the hosted page with a data URL, `data:image/png;base64,...`. Never retried, unless `repeatable` is
   * set. Throws `ERR_BAD_REQUEST` if Pipedream cannot read the image, or another `PipedreamError`.
   */
  updateLogo(projectId: string, logo: string, options?: CallOptions): Promise<void>
  /**
   * Resolves to the apps of the client's own project that have an OAuth client. Pipedream marks it as deprecated;
   * `oauthApps.list` returns more. Throws a `PipedreamError`.
   */
  getInfo(options?: CallOptions): Promise<ProjectInfo>
}

export function createProjects(callApi: CallApi, ownProjectId: string): Projects {
  const collection = ['connect', 'projects']
  const one = (projectId: string) => [...collection, checkProjectId(projectId)]
  const fetchPage: FetchPage<Project, ListProjectsQuery> = (query, options) =>
    callApi(
      { method: 'GET', path: collection, query: writeProjectsQuery(query), read: readProjects },
      options,
    )
  return {
    async list(query = {}, options) {
      checkInput('search', query.search)
      return listPage(fetchPage, query, options)
    },
    async create(input, options) {
      checkRequired('name', input.name)
      const body = writeProjectRequest(input)
      return callApi({ method: 'POST', path: collection, body, read: readProject }, options)
    },
    async get(projectId, options) {
      return callApi({ method: 'GET', path: one(projectId), read: readProject }, options)
    },
    async update(projectId, input, options) {
      checkInput('name', input.name)
      const body = writeProjectRequest(input)
      return callApi({ method: 'PATCH', path: one(projectId), body, read: readProject }, options)
    },
    async delete(projectId, options) {
      return callApi({ method: 'DELETE', path: one(projectId), read: readNothing }, options)
    },
    async updateLogo(projectId, logo, options) {
      const path = [...one(projectId), 'logo']
      const body = writeLogoRequest(checkLogo(logo))
      return callApi({ method: 'POST', path, body, read: readNothing }, options)
    },
    async getInfo(options) {
      const path = ['connect', ownProjectId, 'projects', 'info']
      return callApi({ method: 'GET', path, read: readProjectInfo }, options)
    },
  }
}

// Stricter than for other ids: this path also accepts words such as `info` in place of a project id.
function checkProjectId(projectId: string): string {
  if (isProjectId(projectId)) return projectId
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'projectId',
    'a project id, which starts with proj_',
  )
}

function checkLogo(logo: string): string {
  if (typeof logo === 'string' && /^data:image\/[\w.+-]+;base64,[\w+/]+={0,2}$/.test(logo))
    return logo
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'logo',
    'a data URL of an image, which starts with data:image/ and continues in base64',
  )
}
