import type { Query } from '../../http/build-url.ts'
import type { ListResponse, PageQuery } from '../page.ts'
import { fieldsOf, type Read, readList } from '../read-json.ts'

export function writePageQuery({ after, before, limit }: PageQuery): Query {
  return { after, before, limit }
}

/** A page of a list: `data` and `page_info`. */
export function readPage<T>(value: unknown, read: Read<T>): ListResponse<T> {
  const { raw } = fieldsOf(value, '')
  const info = fieldsOf(raw.page_info, 'page_info')
  return {
    data: readList(raw.data, 'data', read),
    pageInfo: {
      totalCount: info.optionalNumber('total_count'),
      count: info.optionalNumber('count'),
      startCursor: info.optionalString('start_cursor'),
      endCursor: info.optionalString('end_cursor'),
    },
  }
}
