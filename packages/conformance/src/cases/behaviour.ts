import { respondNormally } from '../respond-normally.ts'
import { type Case, pair, TOKEN_REQUEST } from '../case.ts'
import { consume } from '../consume.ts'
import type { Respond } from '../recorder.ts'

const THREE = [1, 2, 3]
const RUN = 'POST /v1/connect/proj_AbC123/actions/run'

/** Unusual situations: concurrent calls, failures, and faulty servers. */
export const behaviourCases: readonly Case[] = [
  pair('apps.retrieve', 'apps.get', {
    'three concurrent first calls': {
      official: ({ apps }) => Promise.all(THREE.map(() => apps.retrieve('slack'))),
      ours: ({ apps }) => Promise.all(THREE.map(() => apps.get('slack'))),
      differs: {
        because: 'One access token is fetched for all waiting calls.',
        facts: {
          requests: {
            official: [`3 x ${TOKEN_REQUEST}`, '3 x GET /v1/connect/apps/slack'],
            ours: [TOKEN_REQUEST, '3 x GET /v1/connect/apps/slack'],
          },
        },
      },
    },
    'a rejected access token': {
      official: ({ apps }) => apps.retrieve('slack'),
      ours: ({ apps }) => apps.get('slack'),
      respond: () => firstly('/apps/slack', () => refuse(401)),
      differs: {
        because:
          'An access token may become invalid early: it is replaced once, and the call is repeated.',
        facts: {
          outcome: { official: 'PipedreamError', ours: 'success' },
          requests: {
            official: [TOKEN_REQUEST, 'GET /v1/connect/apps/slack'],
            ours: [`2 x ${TOKEN_REQUEST}`, '2 x GET /v1/connect/apps/slack'],
          },
        },
      },
    },
  }),
  pair('apps.list', 'apps.list', {
    'a server that repeats its cursor': {
      official: async ({ apps }) => consume(await apps.list(), 5),
      ours: async ({ apps }) => consume(await apps.list(), 5),
      respond: () => repeatCursor,
      differs: {
        because: 'An endless list is read until a cursor repeats.',
        facts: {
          requests: {
            official: [TOKEN_REQUEST, 'GET /v1/connect/apps', '4 x GET /v1/connect/apps?after=A'],
            ours: [TOKEN_REQUEST, 'GET /v1/connect/apps', 'GET /v1/connect/apps?after=A'],
          },
        },
      },
    },
  }),
  pair('actions.run', 'actions.run', {
    'a temporary failure': {
      official: ({ actions }) => actions.run({ id: 'slack-send-message', externalUserId: 'ada' }),
      ours: ({ actions }) => actions.run({ key: 'slack-send-message', externalUserId: 'ada' }),
      respond: () => firstly('/actions/run', () => refuse(503, soon())),
      differs: {
        because:
          'The action may have run despite the error response: only the caller knows whether it may run twice.',
        facts: {
          outcome: { official: 'success', ours: 'ERR_UPSTREAM' },
          requests: { official: [TOKEN_REQUEST, `2 x ${RUN}`], ours: [TOKEN_REQUEST, RUN] },
        },
      },
    },
  }),
]

/** Responds to the first request for a path with a special response, and to all others normally. */
function firstly(path: string, respond: () => Response): Respond {
  let isFirst = true
  return (request) => {
    if (!isFirst || !request.url.pathname.endsWith(path)) return respondNormally(request)
    isFirst = false
    return respond()
  }
}

function refuse(status: number, headers: Record<string, string> = {}): Response {
  return Response.json({ error: 'The recorder refuses.' }, { status, headers })
}

// The official client waits a second by default, which would slow the test down.
function soon(): Record<string, string> {
  const at = new Date(Date.now() + 20)
  const seconds = at.toUTCString().replace(' GMT', '')
  return { 'retry-after': `${seconds}.${String(at.getUTCMilliseconds()).padStart(3, '0')} GMT` }
}

const repeatCursor: Respond = (request) => {
  if (!request.url.pathname.endsWith('/apps')) return respondNormally(request)
  const app = { name_slug: 'slack', name: 'Slack', img_src: '', custom_fields_json: '[]' }
  const page_info = { total_count: 1, count: 1, start_cursor: 'A', end_cursor: 'A' }
  return Response.json({ data: [app], page_info })
}
