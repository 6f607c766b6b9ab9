import { HTTPAuthType } from '@pipedream/sdk'
import { type Case, pair, refused } from '../case.ts'

const endpoint = 'eoabc123'
const url = 'https://en-abc.m.pipedream.net'
const body = { text: 'hi', some_key: [1] }
const headers = { 'X-Custom-Header': 'v' }

/** Workflows with an HTTP trigger. */
export const workflowCases: readonly Case[] = [
  pair('workflows.invoke', 'workflows.invoke', {
    'no options': {
      official: ({ workflows }) => workflows.invoke({ urlOrEndpoint: endpoint }),
      ours: ({ workflows }) => workflows.invoke({ endpoint }),
    },
    'all options, by OAuth': {
      official: ({ workflows }) =>
        workflows.invoke(
          { urlOrEndpoint: `${url}/hooks/new`, body, method: 'PUT', headers },
          HTTPAuthType.OAuth,
        ),
      ours: ({ workflows }) =>
        workflows.invoke({
          endpoint: `${url}/hooks/new`,
          json: body,
          method: 'PUT',
          headers,
          auth: 'oauth',
        }),
    },
    'its own token': {
      official: ({ workflows }) =>
        workflows.invoke(
          { urlOrEndpoint: endpoint, headers: { Authorization: 'Bearer its-own' } },
          HTTPAuthType.StaticBearer,
        ),
      ours: ({ workflows }) => workflows.invoke({ endpoint, auth: { bearer: 'its-own' } }),
    },
    'a URL with capitals and a query': {
      official: ({ workflows }) => workflows.invoke({ urlOrEndpoint: `${url}/Path?q=1` }),
      ours: ({ workflows }) => workflows.invoke({ endpoint: `${url}/Path?q=1` }),
      differs: {
        because: 'A URL is sent unchanged: its path and its query belong to the workflow.',
        facts: { path: { official: '/pathq1', ours: '/Path' }, 'query.q': { ours: ['1'] } },
      },
    },
    'a host with a similar ending': {
      official: ({ workflows }) =>
        workflows.invoke({ urlOrEndpoint: 'https://evilm.pipedream.net/x' }, HTTPAuthType.OAuth),
      ours: ({ workflows }) =>
        workflows.invoke({ endpoint: 'https://evilm.pipedream.net/x', auth: 'oauth' }),
      differs: {
        because:
          "The access token gives access to the whole workspace: it is sent only to hosts below the workflows' domain.",
        facts: refused('POST https://evilm.pipedream.net/x, with the access token'),
      },
    },
    'plain http': {
      official: ({ workflows }) =>
        workflows.invoke({ urlOrEndpoint: 'http://en-abc.m.pipedream.net' }, HTTPAuthType.OAuth),
      ours: ({ workflows }) =>
        workflows.invoke({ endpoint: 'http://en-abc.m.pipedream.net', auth: 'oauth' }),
      differs: {
        because: 'The access token could be read on the network: it is sent over TLS only.',
        facts: refused('POST http://en-abc.m.pipedream.net/, with the access token'),
      },
    },
  }),
  pair('workflows.invokeForExternalUser', 'workflows.invoke', {
    'no options': {
      official: ({ workflows }) =>
        workflows.invokeForExternalUser({ urlOrEndpoint: endpoint, externalUserId: 'ada' }),
      ours: ({ workflows }) => workflows.invoke({ endpoint, externalUserId: 'ada' }),
    },
    'all options': {
      official: ({ workflows }) =>
        workflows.invokeForExternalUser({
          urlOrEndpoint: url,
          externalUserId: 'ada',
          body,
          method: 'POST',
          headers,
        }),
      ours: ({ workflows }) =>
        workflows.invoke({
          endpoint: url,
          externalUserId: 'ada',
          json: body,
          method: 'POST',
          headers,
          auth: 'oauth',
        }),
    },
  }),
]
