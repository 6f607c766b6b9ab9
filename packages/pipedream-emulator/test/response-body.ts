/**
 * The fields of a parsed response that tests read; each test asserts its own. The type exists so that a misspelled
 * field does not compile. The routes define what the API returns.
 */
export interface ResponseBody extends Array<ResponseBody> {
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
  data: ResponseBody
  page_info: PageInfo
  app: ResponseBody
  account_ids: string[]
  categories: string[]
  credentials: Record<string, string>
  cfmap: Record<string, string>
  custom_fields_json: string
  authorized_scopes: string[]
  scope_profiles: ResponseBody
  healthy: boolean
  active: boolean
  version: string
  created_at: number
  updated_at: string
  last_refreshed_at: string
  project_app_name: string
  headers: Record<string, string>
  options: ResponseBody
  label: string
  value: string
  context: unknown
  errors: string[]
  observations: ResponseBody
  err: ResponseBody
  dynamicProps: ResponseBody
  configurableProps: ResponseBody
  configured_props: Record<string, unknown>
  exports: ResponseBody
  $filestash_uploads: [ResponseBody]
  s3Key: string
  get_url: string
  stash_id: string
  ret: ResponseBody
  os: ResponseBody
  added: unknown
  spreadsheetId: string
  properties: ResponseBody
  title: string
  ts: number | string
  channel: string
  channels: ResponseBody
  message: ResponseBody
  messages: ResponseBody
  response_metadata: ResponseBody
  next_cursor: string
  e: ResponseBody
  turn: number
  endpoint_url: string
  webhooks: ResponseBody
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

/** Returns a response body with some of its fields changed. */
export function withChanges(body: object, changes: object): object {
  return { ...body, ...changes }
}
