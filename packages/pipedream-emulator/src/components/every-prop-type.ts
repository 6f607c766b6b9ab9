import type {
  Action,
  ComponentContext,
  ConfigurableProp,
  OptionsPage,
  OptionsQuery,
} from './component.ts'
import { EVERY_PROP_OPTIONS } from './every-prop-options.ts'
import { readText } from './read-value.ts'

const HTTP_REQUEST = {
  method: 'GET',
  url: 'https://api.example.com/items',
  tab: 'Params',
  auth: { type: 'none' },
  headers: [{ name: 'accept', value: 'application/json' }],
  params: [{ name: 'limit', value: '10' }],
  body: { type: 'raw', contentType: 'application/json', fields: [], mode: 'raw', raw: '' },
}

// `$.discord.channel` has no `remoteOptions`, and the official forms still request its choices (observed).
const CHOSEN_AT_PROVIDERS: readonly ConfigurableProp[] = [
  { name: 'airtable', type: 'app', app: 'airtable_oauth' },
  { name: 'discord', type: 'app', app: 'discord', optional: true },
  {
    name: 'airtableBase',
    type: '$.airtable.baseId',
    label: 'Base',
    appProp: 'airtable',
    remoteOptions: true,
  },
  {
    name: 'airtableTable',
    type: '$.airtable.tableId',
    label: 'Table',
    baseIdProp: 'airtableBase',
    remoteOptions: true,
  },
  {
    name: 'airtableView',
    type: '$.airtable.viewId',
    label: 'View',
    tableIdProp: 'airtableTable',
    remoteOptions: true,
    optional: true,
  },
  {
    name: 'airtableField',
    type: '$.airtable.fieldId',
    label: 'Field',
    tableIdProp: 'airtableTable',
    remoteOptions: true,
    optional: true,
  },
  {
    name: 'discordChannel',
    type: '$.discord.channel',
    label: 'Discord Channel',
    appProp: 'discord',
    optional: true,
  },
  {
    name: 'discordChannels',
    type: '$.discord.channel[]',
    label: 'Discord Channels',
    appProp: 'discord',
    remoteOptions: true,
    optional: true,
  },
]

const TEXTS: readonly ConfigurableProp[] = [
  { name: 'text', type: 'string', label: 'Text', default: 'Hello' },
  { name: 'secretText', type: 'string', label: 'Secret', secret: true, optional: true },
  {
    name: 'file',
    type: 'string',
    label: 'File',
    description: 'A URL, or a path of the file stash',
    format: 'file-ref',
    optional: true,
  },
  {
    name: 'choice',
    type: 'string',
    label: 'Choice',
    options: ['plain', { label: 'Labelled', value: 'labelled' }, nested('Nested', 'nested')],
    optional: true,
  },
  {
    name: 'remoteText',
    type: 'string',
    label: 'Remote Text',
    remoteOptions: true,
    useQuery: true,
    withLabel: true,
    optional: true,
  },
  { name: 'texts', type: 'string[]', label: 'Texts', default: ['a', 'b'], optional: true },
  {
    name: 'remoteTexts',
    type: 'string[]',
    label: 'Remote Texts',
    remoteOptions: true,
    optional: true,
  },
]

const NUMBERS_AND_OBJECTS: readonly ConfigurableProp[] = [
  { name: 'integer', type: 'integer', label: 'Integer', min: 1, max: 10, default: 5 },
  {
    name: 'remoteInteger',
    type: 'integer',
    label: 'Remote Integer',
    remoteOptions: true,
    optional: true,
  },
  {
    name: 'integers',
    type: 'integer[]',
    label: 'Integers',
    min: 0,
    max: 100,
    default: [1, 2],
    optional: true,
  },
  {
    name: 'remoteIntegers',
    type: 'integer[]',
    label: 'Remote Integers',
    remoteOptions: true,
    optional: true,
  },
  { name: 'flag', type: 'boolean', label: 'Flag', default: false, optional: true },
  { name: 'object', type: 'object', label: 'Object', default: { key: 'value' }, optional: true },
  {
    name: 'anything',
    type: 'any',
    label: 'Anything',
    options: ['text', { label: 'Seven', value: 7 }, { label: 'Yes', value: true }],
    optional: true,
  },
]

const OTHERS: readonly ConfigurableProp[] = [
  { name: 'notice', type: 'alert', alertType: 'info', content: 'Every prop type is **here**.' },
  { name: 'warning', type: 'alert', alertType: 'warning', content: 'Nothing is written.' },
  {
    name: 'sql',
    type: 'sql',
    label: 'SQL',
    auth: { app: 'postgresql' },
    default: { value: 'select 1', query: 'select 1', params: [], usePreparedStatements: false },
    optional: true,
  },
  {
    name: 'request',
    type: 'http_request',
    label: 'HTTP Request',
    default: HTTP_REQUEST,
    optional: true,
  },
  { name: 'dataStore', type: 'data_store', label: 'Data Store', optional: true },
  { name: 'folder', type: 'dir', label: 'Folder', accessMode: 'read-write', sync: true },
  {
    name: 'timer',
    type: '$.interface.timer',
    label: 'Timer',
    default: { intervalSeconds: 900 },
    options: [{ intervalSeconds: 900 }, { cron: '0 9 * * 1' }],
  },
  { name: 'http', type: '$.interface.http', customResponse: false },
  {
    name: 'apphook',
    type: '$.interface.apphook',
    appProp: 'airtable',
    eventNames: ['record.created'],
    remote: false,
  },
  { name: 'db', type: '$.service.db' },
]

const FIXED: readonly ConfigurableProp[] = [
  ...CHOSEN_AT_PROVIDERS,
  ...TEXTS,
  ...NUMBERS_AND_OBJECTS,
  ...OTHERS,
]

const ADD_PROP: ConfigurableProp = {
  name: 'addProp',
  type: 'string',
  label: 'Add a Prop',
  description: 'The type of a prop to add to this form',
  options: [...new Set(FIXED.map(({ type }) => type))],
  reloadProps: true,
  optional: true,
}

const PROPS: readonly ConfigurableProp[] = [...FIXED, ADD_PROP]

/**
 * A component with every prop type and every form of choice that Pipedream documents, for testing forms. `addProp`
 * reloads the props with an additional `added` prop of the chosen type. A run returns its input. Pipedream has no such
 * component.
 */
export const EVERY_PROP_TYPE: Action = {
  type: 'action',
  key: 'airtable_oauth-every-prop-type',
  name: 'Every Prop Type',
  version: '0.0.1',
  description: 'Returns the values of props of every type',
  app: 'airtable_oauth',
  props: PROPS,
  options: { ...EVERY_PROP_OPTIONS, added: listAddedOptions },
  stashUse: 'optional',
  annotations: {
    title: 'Every prop type',
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
  reload: async ({ configuredProps }) => {
    const model = findModel(readText(configuredProps, 'addProp'))
    return model === undefined ? [...PROPS] : [...PROPS, { ...model, name: 'added' }]
  },
  run: async ({ configuredProps }) => ({
    ret: configuredProps,
    summary: `Received ${Object.keys(configuredProps).length} values`,
  }),
}

// Prefers the prop of the type that has remote choices.
function findModel(type: string): ConfigurableProp | undefined {
  const models = FIXED.filter((prop) => prop.type === type)
  return models.find(({ name }) => Object.hasOwn(EVERY_PROP_OPTIONS, name)) ?? models[0]
}

async function listAddedOptions(
  context: ComponentContext,
  query: OptionsQuery,
): Promise<OptionsPage> {
  const model = findModel(readText(context.configuredProps, 'addProp'))
  const list = model && EVERY_PROP_OPTIONS[model.name]
  return list === undefined ? { options: [], context: null } : list(context, query)
}

function nested(label: string, value: string): Record<string, unknown> {
  return { __lv: { label, value } }
}
