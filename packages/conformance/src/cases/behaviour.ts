import { answerSoundly } from '../answer-soundly.ts'
import { type Case, pair, TOKEN_REQUEST } from '../case.ts'
import { consume } from '../consume.ts'
import type { Answer } from '../recorder.ts'

const THREE = [1, 2, 3]
const RUN = 'POST /v1/connect/proj_AbC123/actions/run'

/** What a call makes of the unusual: several at once, failures, and servers that go wrong. */
export const behaviourCases: readonly Case[] = [
  pair('apps.retrieve', 'apps.get', {
    'three first calls at once': {
      official: ({ apps }) => Promise.all(THREE.map(() => apps.retrieve('slack'))),
      ours: ({ apps }) => Promise.all(THREE.map(() => apps.get('slack'))),
      differs: {
        because: 'However many calls wait for an access token, one is fetched.',
        facts: {
          requests: {
            official: [`3 x ${TOKEN_REQUEST}`, '3 x GET /v1/connect/apps/slack'],
            ours: [TOKEN_REQUEST, '3 x GET /v1/connect/apps/slack'],
          },
        },
      },
    },
    'an access token that is refused': {
      official: ({ apps }) => apps.retrieve('slack'),
      ours: ({ apps }) => apps.get('slack'),
      answer: () => firstly('/apps/slack', () => refuse(401)),
      differs: {
        because:
          'An access token may end before its time: it is replaced once, and nobody notices.',
        facts: {
          outcome: { official: 'PipedreamError', ours: 'answered' },
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
      answer: () => repeatCursor,
      differs: {
        because: 'A list that never ends is walked until it repeats itself, not for ever.',
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
    'a failure that passes': {
      official: ({ actions }) => actions.run({ id: 'slack-send-message', externalUserId: 'ada' }),
      ours: ({ actions }) => actions.run({ key: 'slack-send-message', externalUserId: 'ada' }),
      answer: () => firstly('/actions/run', () => refuse(503, soon())),
      differs: {
        because:
          'The action may have run although the answer says otherwise: only you can say whether twice is as good as once.',
        facts: {
          outcome: { official: 'answered', ours: 'ERR_UPSTREAM' },
          requests: { official: [TOKEN_REQUEST, `2 x ${RUN}`], ours: [TOKEN_REQUEST, RUN] },
        },
      },
    },
  }),
]

/** Answers the first request for a path in its own way, and all others soundly. */
function firstly(path: string, answer: () => Response): Answer {
  let isFirst = true
  return (request) => {
    if (!isFirst || !request.url.pathname.endsWith(path)) return answerSoundly(request)
    isFirst = false
    return answer()
  }
}

function refuse(status: number, headers: Record<string, string> = {}): Response {
  return Response.json({ error: 'The recorder refuses.' }, { status, headers })
}

// So that the official client, which waits a second unless it is told otherwise, does not keep the test waiting.
function soon(): Record<string, string> {
  const at = new Date(Date.now() + 20)
  const seconds = at.toUTCString().replace(' GMT', '')
  return { 'retry-after': `${seconds}.${String(at.getUTCMilliseconds()).padStart(3, '0')} GMT` }
}

const repeatCursor: Answer = (request) => {
  if (!request.url.pathname.endsWith('/apps')) return answerSoundly(request)
  const app = { name_slug: 'slack', name: 'Slack', img_src: '', custom_fields_json: '[]' }
  const page_info = { total_count: 1, count: 1, start_cursor: 'A', end_cursor: 'A' }
  return Response.json({ data: [app], page_info })
}
