/**
 * What tests read of a parsed answer: an object or a list with some of these fields, which each test asserts. Written for the
 * tests alone, so that a misspelt field does not compile; what the API promises stands in the routes.
 */
export interface AnswerBody extends Array<AnswerBody> {
  id: string
  key: string
  name: string
  name_slug: string
  external_id: string
  status: string
  img_src: string
  token: string
  connect_link_url: string
  oauth_app_connect_base_url: string | null
  access_token: string
  error: string
  success: boolean
  url: string
  accountId: string
  data: AnswerBody
  page_info: PageInfo
  app: AnswerBody
  account_ids: string[]
  categories: string[]
  credentials: Record<string, string>
  cfmap: Record<string, string>
  custom_fields_json: string
  authorized_scopes: string[]
  scope_profiles: AnswerBody
  healthy: boolean
  active: boolean
  version: string
  created_at: number
  updated_at: string
  last_refreshed_at: string
  project_app_name: string
  headers: Record<string, string>
  options: AnswerBody
  label: string
  value: string
  context: unknown
  errors: string[]
  observations: AnswerBody
  err: AnswerBody
  dynamicProps: AnswerBody
  configurableProps: AnswerBody
  configured_props: Record<string, unknown>
  exports: AnswerBody
  $filestash_uploads: [AnswerBody]
  s3Key: string
  get_url: string
  stash_id: string
  ret: AnswerBody
  os: AnswerBody
  added: unknown
  spreadsheetId: string
  properties: AnswerBody
  title: string
  ts: number | string
  channel: string
  channels: AnswerBody
  message: AnswerBody
  messages: AnswerBody
  response_metadata: AnswerBody
  next_cursor: string
  e: AnswerBody
  turn: number
  endpoint_url: string
  webhooks: AnswerBody
  webhook_urls: string[]
  webhook_signing_key: string
  signing_key: string
  credits_used: number
  source_emit_credits_used: number
  action_run_credits_used: number
}

interface PageInfo {
  count: number
  total_count: number
  start_cursor: string
  end_cursor: string
}

/** An answer as it is to be after some of its fields have changed. */
export function withChanges(body: object, changes: object): object {
  return { ...body, ...changes }
}
