import type { Query } from '../../http/build-url.ts'
import type { ListResponse } from '../page.ts'
import { fieldsOf, type Read } from '../read-json.ts'
import type { ExternalUser, ListUsersQuery } from '../users.ts'
import { readPage, writePageQuery } from './page.ts'

export function writeUsersQuery(query: ListUsersQuery): Query {
  return { ...writePageQuery(query), q: query.search }
}

export function readUsers(value: unknown): ListResponse<ExternalUser> {
  return readPage(value, userOf)
}

const userOf: Read<ExternalUser> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.id('id'),
    externalUserId: fields.string('external_id'),
    createdAt: fields.optionalDate('created_at'),
    updatedAt: fields.optionalDate('updated_at'),
    raw: fields.raw,
  }
}
