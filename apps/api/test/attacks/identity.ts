import { attacks } from './attack.ts'
import { ANONYMOUS, bearer, body, MALLORY, WHO, WORKSPACE } from './who-asks.ts'

export const identity = attacks('identity', [
  [
    'a header that names a user',
    ({ ask }) =>
      ask(
        WHO,
        {},
        {
          headers: {
            'x-external-user-id': 'ada',
            'x-user-id': 'ada',
            'remote-user': 'ada',
          },
        },
      ),
    200,
    MALLORY,
  ],
  [
    'a header in which a proxy names a user',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-forwarded-user': 'ada' } }),
    200,
    ANONYMOUS,
  ],
  [
    'a page that shows a different user',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-expected-viewer': 'ada' } }),
    409,
  ],
  [
    'a name that is only almost the own',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-expected-viewer': 'Mallory' } }),
    409,
  ],
  [
    'a user for the whole workspace’s token',
    ({ ask }) => ask(WORKSPACE),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'an anonymous request for the workspace’s token',
    ({ send }) =>
      send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body(WORKSPACE),
      }),
    200,
    { says: /NotSignedIn/ },
  ],
  [
    'a user who names another user',
    ({ ask }) =>
      ask(
        'mutation { createConnectToken(input: { app: "openai", externalUserId: "ada" }) { __typename } }',
      ),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'an operator who names another user',
    ({ ask, operator }) =>
      ask(
        'mutation { createConnectToken(input: { app: "openai", externalUserId: "ada" }) { __typename } }',
        {},
        { as: operator },
      ),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'a service that names no user',
    ({ ask, serviceKey }) =>
      ask(
        'mutation { createConnectToken(input: { app: "openai" }) { __typename } }',
        {},
        bearer(`Bearer ${serviceKey}`),
      ),
    200,
    { says: /InvalidInput/ },
  ],
  [
    'a service for a user’s accounts',
    ({ ask, serviceKey }) =>
      ask('{ viewer { accounts { __typename } } }', {}, bearer(`Bearer ${serviceKey}`)),
    200,
    { says: /NotAllowed/ },
  ],
  [
    'a service that disconnects',
    ({ ask, serviceKey, adaAccount }) =>
      ask(
        `mutation { disconnectAccount(input: { accountId: "${adaAccount}" }) { __typename } }`,
        {},
        bearer(`Bearer ${serviceKey}`),
      ),
    200,
    { says: /NotAllowed/ },
  ],
])
