import type { Query } from '../../http/build-url.ts'
import type { ListResponse } from '../page.ts'
import type { ListProjectsQuery, Project, ProjectInfo, UpdateProjectInput } from '../projects.ts'
import { fieldsOf, type Read, readList } from '../read-json.ts'
import { readPage, writePageQuery } from './page.ts'

export function writeProjectsQuery(query: ListProjectsQuery): Query {
  return { ...writePageQuery(query), q: query.search }
}

export function writeProjectRequest(input: UpdateProjectInput): Record<string, unknown> {
  return {
    name: input.name,
    app_name: input.appName,
    support_email: input.supportEmail,
    connect_require_key_auth_test: input.connectRequireKeyAuthTest,
  }
}

export function writeLogoRequest(logo: string): Record<string, unknown> {
  return { logo }
}

export function readProjects(value: unknown): ListResponse<Project> {
  return readPage(value, projectOf)
}

export function readProject(value: unknown): Project {
  return projectOf(value, '')
}

export function readProjectInfo(value: unknown): ProjectInfo {
  const { raw } = fieldsOf(value, '')
  return { apps: readList(raw.apps, 'apps', infoOf), raw }
}

const infoOf: Read<ProjectInfo['apps'][number]> = (value, at) => {
  const fields = fieldsOf(value, at)
  return { oauthAppId: fields.id('id'), slug: fields.id('name_slug') }
}

const projectOf: Read<Project> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.id('id'),
    name: fields.string('name'),
    appName: fields.optionalString('app_name'),
    supportEmail: fields.optionalString('support_email'),
    connectRequireKeyAuthTest: fields.optionalBoolean('connect_require_key_auth_test'),
    raw: fields.raw,
  }
}
