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
  readonly name: string
  /** The product's name, as the hosted connect page shows it. */
  readonly appName: string | null
  /** Whom the hosted connect page names to people in need of help. */
  readonly supportEmail: string | null
  /** Whether keys are tried with a live request before an account is connected. Null when Pipedream did not say. */
  readonly connectRequireKeyAuthTest: boolean | null
  /** The response as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `projects.getInfo` tells. */
export interface ProjectInfo {
  /** The apps that have an OAuth client in the project. */
  readonly apps: readonly {
    /** `oa_...` */
    readonly oauthAppId: string
    /** Of the app. */
    readonly slug: string
  }[]
  /** The response as it came. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `projects.list` takes. */
export interface ListProjectsQuery extends PageQuery {
  /** Words to look for. */
  search?: string | undefined
}

/** What `projects.create` takes. */
export interface CreateProjectInput {
  name: string
  /** The product's name, for the hosted connect page. */
  appName?: string | undefined
  /** An e-mail address, for the hosted connect page. */
  supportEmail?: string | undefined
  /** Try keys with a live request before an account is connected. */
  connectRequireKeyAuthTest?: boolean | undefined
}

/** What `projects.update` takes; what is left out stays as it is. */
export type UpdateProjectInput = Partial<CreateProjectInput>

/** Projects of the workspace: all of them, not the client's own alone. */
export interface Projects {
  /** One page of projects; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query?: ListProjectsQuery, options?: CallOptions): Promise<Page<Project>>
  /** Makes a project. It is never repeated by itself. Throws a `PipedreamError`. */
  create(input: CreateProjectInput, options?: CallOptions): Promise<Project>
  /** One project, `proj_...`. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(projectId: string, options?: CallOptions): Promise<Project>
  /** Changes a project. It is never repeated by itself. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(projectId: string, input: UpdateProjectInput, options?: CallOptions): Promise<Project>
  /** Deletes a project. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  delete(projectId: string, options?: CallOptions): Promise<void>
  /**
   * Replaces the logo that the hosted connect page shows, by a data URL: `data:image/png;base64,...`.
   * It is never repeated by itself. Throws `ERR_BAD_REQUEST` when Pipedream cannot read the image, or another `PipedreamError`.
   */
  updateLogo(projectId: string, logo: string, options?: CallOptions): Promise<void>
  /**
   * Which apps of the client's own project have an OAuth client. Pipedream marks it deprecated: prefer `oauthApps.list`,
   * which tells more. Throws a `PipedreamError`.
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

// Stricter than other ids: beside a project's id this path knows words, such as `info`.
function checkProjectId(projectId: string): string {
  if (isProjectId(projectId)) return projectId
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'projectId',
    'a project id, which begins with proj_',
  )
}

function checkLogo(logo: string): string {
  if (typeof logo === 'string' && /^data:image\/[\w.+-]+;base64,[\w+/]+={0,2}$/.test(logo))
    return logo
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'logo',
    'a data URL of an image, which begins with data:image/ and goes on in base64',
  )
}
