import { type App, PipedreamError } from 'pipedream-client/server'
import { getApp, listAppCategories, listApps, type NamedCategory } from '../../pipedream/apps.ts'
import { InvalidInput, NotSignedIn, UnknownApp } from '../../errors.ts'
import type { List } from '../../pipedream/upstream-cache.ts'
import { builder } from './builder.ts'
import { PageInfoRef, STALE_SINCE, toPageOptions } from './page.ts'

const AuthTypeRef = builder.enumType('AuthType', {
  description: 'How users connect an account of the app.',
  values: {
    OAUTH: { value: 'oauth', description: 'The user consents on the provider’s page.' },
    KEYS: { value: 'keys', description: 'The user enters keys.' },
    NONE: { value: 'none' },
  } as const,
})

export const AppRef = builder.objectRef<App>('App').implement({
  description: 'An app of Pipedream’s catalogue.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id, slug }) => id ?? slug }),
    slug: t.exposeString('slug', { description: 'Unique name, such as `google_sheets`.' }),
    name: t.exposeString('name'),
    description: t.string({ nullable: true, resolve: ({ description }) => description ?? null }),
    authType: t.field({ type: AuthTypeRef, resolve: ({ authType }) => authType ?? 'none' }),
    imgSrc: t.exposeString('imgSrc', { description: 'URL of the logo.' }),
    categories: t.exposeStringList('categories'),
  }),
})

const AppConnectionRef = builder.objectRef<List<App>>('AppConnection').implement({
  fields: (t) => ({
    nodes: t.field({ type: [AppRef], resolve: ({ nodes }) => [...nodes] }),
    pageInfo: t.field({ type: PageInfoRef, resolve: (list) => list }),
    totalCount: t.exposeInt('totalCount', { nullable: true }),
    staleSince: t.expose('staleSince', {
      type: 'DateTime',
      nullable: true,
      description: STALE_SINCE,
    }),
  }),
})

builder.queryField('apps', (t) =>
  t.field({
    type: AppConnectionRef,
    description: 'Pipedream’s catalogue, most popular apps first.',
    authScopes: { signedIn: true },
    errors: { types: [InvalidInput, NotSignedIn, PipedreamError] },
    args: {
      search: t.arg.string({ required: false, description: 'Part of a name.' }),
      category: t.arg.string({ required: false, description: 'ID of a category, `appcat_…`.' }),
      first: t.arg.int({ defaultValue: 24, description: 'Page size, 1 to 100.' }),
      after: t.arg.string({ required: false, description: 'Cursor to continue after.' }),
    },
    resolve: (_query, { search, category, ...page }, context) =>
      listApps({ search, category, ...toPageOptions(page) }, context),
  }),
)

const AppCategoryRef = builder.objectRef<NamedCategory>('AppCategory').implement({
  fields: (t) => ({
    id: t.id({ description: 'Pass it to `apps` as `category`.', resolve: ({ id }) => id }),
    name: t.exposeString('name'),
  }),
})

const AppCategoriesRef = builder.objectRef<NamedCategory[]>('AppCategories').implement({
  fields: (t) => ({ nodes: t.field({ type: [AppCategoryRef], resolve: (nodes) => nodes }) }),
})

builder.queryField('appCategories', (t) =>
  t.field({
    type: AppCategoriesRef,
    description: 'The categories of the catalogue, by name.',
    authScopes: { signedIn: true },
    errors: { types: [NotSignedIn, PipedreamError] },
    resolve: (_query, _args, context) => listAppCategories(context),
  }),
)

builder.queryField('app', (t) =>
  t.field({
    type: AppRef,
    description: 'One app of the catalogue.',
    authScopes: { signedIn: true },
    errors: { types: [UnknownApp, NotSignedIn, PipedreamError] },
    args: { slug: t.arg.string() },
    resolve: (_query, { slug }, context) => getApp(slug, context),
  }),
)
