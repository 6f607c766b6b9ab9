import type { PageQuery } from './page.ts'

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
  /** The answer as it came, with the keys that this type leaves out. */
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
  /** The answer as it came. */
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
