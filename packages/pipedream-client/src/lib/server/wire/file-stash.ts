import type { Query } from '../../http/build-url.ts'

export function writeFileQuery(s3Key: string): Query {
  return { s3_key: s3Key }
}
