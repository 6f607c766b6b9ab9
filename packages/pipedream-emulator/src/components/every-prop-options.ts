import type { ComponentContext, ConfiguredProps, OptionsPage, OptionsQuery } from './component.ts'
import { readText } from './read-value.ts'

type ListOptions = (context: ComponentContext, query: OptionsQuery) => Promise<OptionsPage>

interface Choice {
  label: string
  value: string | number
}

const PAGE_SIZE = 2
const BASES: readonly Choice[] = [
  { label: 'Product Planning', value: 'appEmulator000001' },
  { label: 'Sales CRM', value: 'appEmulator000002' },
]
const TABLES: readonly Choice[] = [
  { label: 'Features', value: 'tblEmulator000001' },
  { label: 'Owners', value: 'tblEmulator000002' },
]
const VIEWS: readonly Choice[] = [{ label: 'Grid view', value: 'viwEmulator000001' }]
const FIELDS: readonly Choice[] = [
  { label: 'Name', value: 'fldEmulator000001' },
  { label: 'Status', value: 'fldEmulator000002' },
  { label: 'Notes', value: 'fldEmulator000003' },
]
const CHANNELS: readonly Choice[] = [
  { label: '#announcements', value: '100000000000000001' },
  { label: '#general', value: '100000000000000002' },
  { label: '#support', value: '100000000000000003' },
]
const NUMBERS: readonly Choice[] = [
  { label: 'One', value: 1 },
  { label: 'Two', value: 2 },
  { label: 'Three', value: 3 },
]
const NOTHING: OptionsPage = { options: [], context: null }

/** The source of choices for each prop. A prop that depends on another has no choices until that one is set. */
export const EVERY_PROP_OPTIONS: Record<string, ListOptions> = {
  airtableBase: when((props) => props.airtable != null, BASES),
  airtableTable: when((props) => isOneOf(BASES, props, 'airtableBase'), TABLES),
  airtableView: when((props) => isOneOf(TABLES, props, 'airtableTable'), VIEWS),
  airtableField: when((props) => isOneOf(TABLES, props, 'airtableTable'), FIELDS),
  discordChannel: when((props) => props.discord != null, CHANNELS),
  discordChannels: when((props) => props.discord != null, CHANNELS),
  remoteText: when(() => true, CHANNELS),
  remoteTexts: when(() => true, CHANNELS),
  remoteInteger: when(() => true, NUMBERS),
  remoteIntegers: when(() => true, NUMBERS),
}

function when(
  isReady: (props: ConfiguredProps) => boolean,
  choices: readonly Choice[],
): ListOptions {
  return async ({ configuredProps }, query) =>
    isReady(configuredProps) ? cutPage(choices, query) : NOTHING
}

function isOneOf(choices: readonly Choice[], props: ConfiguredProps, name: string): boolean {
  const chosen = readText(props, name)
  return choices.some(({ value }) => value === chosen)
}

function cutPage(choices: readonly Choice[], { query, prevContext }: OptionsQuery): OptionsPage {
  const words = query.toLowerCase()
  const found = choices.filter(({ label }) => label.toLowerCase().includes(words))
  const { next } = prevContext
  const start = typeof next === 'number' ? next : 0
  const end = start + PAGE_SIZE
  return {
    options: found.slice(start, end),
    context: end < found.length ? { next: end } : null,
  }
}
