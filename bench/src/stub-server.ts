// Responds as Pipedream documents it, at the lowest cost that node:http allows. All ids, names and addresses are invented.
import { createServer } from 'node:http'

const account = {
  id: 'apn_bench',
  name: 'ada@example.com',
  external_id: 'ada',
  healthy: true,
  dead: false,
  app: {
    id: 'app_bench',
    name_slug: 'google_sheets',
    name: 'Google Sheets',
    auth_type: 'oauth',
    description: 'Spreadsheets',
    img_src: 'https://assets.example.net/gs.png',
    custom_fields_json: '[]',
    categories: ['Productivity'],
    featured_weight: 900,
    scope_profiles: [],
  },
  created_at: '2026-03-25T17:49:15.000Z',
  updated_at: '2026-03-25T17:49:15.000Z',
}
const token = 'ctok_0123456789abcdef0123456789abcdef'
const answers = new Map(
  Object.entries({
    '/v1/oauth/token': { access_token: 'bench', token_type: 'Bearer', expires_in: 3600 },
    '/v1/connect/proj_bench/accounts/apn_bench': account,
    '/v1/connect/proj_bench/accounts': {
      data: Array.from({ length: 20 }, () => account),
      page_info: { total_count: 20, count: 20, start_cursor: 'a', end_cursor: null },
    },
    '/v1/connect/proj_bench/tokens': {
      token,
      expires_at: '2030-01-01T00:00:00.000Z',
      connect_link_url: `https://pipedream.com/_static/connect.html?token=${token}&connectLink=true`,
    },
  }).map(([path, answer]) => [path, Buffer.from(JSON.stringify(answer))]),
)

const server = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?')
  const answer = answers.get(path)
  request.resume()
  response.writeHead(answer === undefined ? 404 : 200, {
    'content-type': 'application/json',
    'content-length': answer?.length ?? 0,
  })
  response.end(answer)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  process.send?.(`http://127.0.0.1:${port}`)
})
