import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'

const respondingWith = (app: unknown) =>
  stubPipedream({ onCall: () => Response.json({ data: app }) })

test('list sends its query, outside of any project', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([samples.app]) })
  const page = await client.apps.list({
    search: 'google sheets',
    sortKey: 'featuredWeight',
    sortDirection: 'desc',
    categoryIds: ['appcat_1', 'appcat_2'],
    hasComponents: true,
    hasActions: false,
    limit: 50,
  })
  expect(page.data.map(({ slug }) => slug)).toEqual(['google_sheets'])
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: '/v1/connect/apps?limit=50&q=google%20sheets&sort_key=featured_weight&sort_direction=desc&category_ids=appcat_1&category_ids=appcat_2&has_components=true&has_actions=false',
    },
  ])
})

test('get reads an app inside `data`', async () => {
  const { client, calls } = respondingWith(samples.app)
  const { raw, ...app } = await client.apps.get('google_sheets')
  expect(calls).toMatchObject([{ method: 'GET', path: '/v1/connect/apps/google_sheets' }])
  expect(app).toEqual({
    id: 'app_Ex4mpl',
    slug: 'google_sheets',
    name: 'Google Sheets',
    authType: 'oauth',
    description: 'Spreadsheets',
    imgSrc: 'https://assets.example.net/gs.png',
    customFields: [
      {
        name: 'subdomain',
        label: 'Subdomain',
        description: '',
        default: 'www',
        optional: true,
        type: 'string',
      },
      {
        name: 'api_key',
        label: 'api_key',
        description: null,
        default: null,
        optional: false,
        type: 'password',
      },
    ],
    categories: ['Productivity'],
    featuredWeight: 900,
    scopeProfiles: [{ name: 'read_only', scopes: ['spreadsheets.readonly'] }],
  })
  expect(raw).toEqual(samples.app)
})

test('an unreadable or unknown scope profile is omitted', async () => {
  const { client } = respondingWith({
    ...samples.app,
    scope_profiles: [
      null,
      { name: 'root', scopes: [] },
      { name: 'admin', scopes: [1] },
      { name: 'read_write', scopes: ['b'] },
      { name: 'read_only' },
    ],
  })
  const { scopeProfiles } = await client.apps.get('google_sheets')
  expect(scopeProfiles).toEqual([
    { name: 'read_write', scopes: ['b'] },
    { name: 'read_only', scopes: [] },
  ])
})

describe('an optional key', () => {
  test('may be absent', async () => {
    const { client } = respondingWith({ name_slug: 'slack', name: 'Slack', img_src: '', id: null })
    await expect(client.apps.get('slack')).resolves.toMatchObject({
      id: null,
      authType: null,
      description: null,
      customFields: [],
      categories: [],
      featuredWeight: null,
    })
  })

  test.each(['{', '{}', '[1]', '[{"label":"no name"}]', ''])(
    'includes unreadable custom fields (%s)',
    async (custom_fields_json) => {
      const { client } = respondingWith({ ...samples.app, custom_fields_json })
      await expect(client.apps.get('google_sheets')).resolves.toMatchObject({
        customFields: [],
        raw: { custom_fields_json },
      })
    },
  )

  test('includes an unknown kind of authentication', async () => {
    const { client } = respondingWith({ ...samples.app, auth_type: 'passkey' })
    await expect(client.apps.get('google_sheets')).resolves.toMatchObject({
      authType: null,
      raw: { auth_type: 'passkey' },
    })
  })
})

test.each(['', '..', 'a/b'])('get rejects %o', async (app) => {
  const { client } = stubPipedream()
  await expect(client.apps.get(app)).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    input: 'app',
  })
})
