import type {
  ActionResult,
  ComponentError,
  ComponentOutcome,
  ConfiguredProp,
  Observation,
  ReloadedProps,
} from '../component-outcome.ts'
import { type Fields, fieldsOf, type Read, readList, unreadable } from '../read-json.ts'
import { optionOf, readProps } from './components.ts'

export function readConfiguredProp(value: unknown): ComponentOutcome<ConfiguredProp> {
  return outcomeOf(value, 'observations', (fields) => {
    requireOneOf(fields, ['options', 'stringOptions'], 'options')
    const options = fields.raw.options ?? fields.raw.stringOptions ?? []
    return {
      options: readList(options, 'options', optionOf),
      context: fields.optionalObject('context'),
    }
  })
}

export function readReloadedProps(value: unknown): ComponentOutcome<ReloadedProps> {
  return outcomeOf(value, 'observations', (fields) => {
    const dynamic = fieldsOf(fields.raw.dynamicProps, 'dynamicProps')
    const props = dynamic.inner('configurableProps')
    return {
      dynamicPropsId: dynamic.optionalString('id'),
      configurableProps: readProps(props.value, props.at),
    }
  })
}

export function readActionRun(value: unknown): ComponentOutcome<ActionResult> {
  return outcomeOf(value, 'os', (fields) => {
    requireOneOf(fields, ['ret', 'exports', 'os'], 'ret')
    return {
      returnValue: fields.raw.ret ?? null,
      exports: fields.optionalObject('exports') ?? {},
      // Pipedream's own examples use both spellings.
      stashId: fields.optionalString('stash_id') ?? fields.optionalString('stashId'),
    }
  })
}

// A 202 response, whose work has only started, has none of these keys and must not count as a result.
function requireOneOf(fields: Fields, keys: readonly string[], at: string): void {
  if (!keys.some((key) => key in fields.raw))
    unreadable(at, `present, or one of ${keys.join(', ')}`)
}

function outcomeOf<Result>(
  value: unknown,
  observationsKey: string,
  readResult: (fields: Fields) => Result,
): ComponentOutcome<Result> {
  const fields = fieldsOf(value, '')
  const { raw } = fields
  const observations = readList(raw[observationsKey] ?? [], observationsKey, observationOf)
  const error = errorAmong(observations, raw.errors)
  const observed = { observations, raw }
  if (error !== null) return { ok: false, error, ...observed }
  return { ok: true, ...readResult(fields), ...observed }
}

function errorAmong(observations: readonly Observation[], errors: unknown): ComponentError | null {
  const thrown = observations.find(({ kind }) => kind === 'error')
  if (thrown !== undefined) {
    return thrown.error ?? { name: null, message: thrown.message ?? NO_REASON }
  }
  const [first] = readList(errors ?? [], 'errors', (entry) => entry)
  return first === undefined ? null : errorOf(first)
}

const NO_REASON = 'The component failed without a message.'

/** An entry of `errors`: an error as JSON inside a string, a plain string, or an object. */
function errorOf(entry: unknown): ComponentError {
  const error = describe(typeof entry === 'string' ? parse(entry) : entry)
  return (
    error ?? { name: null, message: typeof entry === 'string' && entry !== '' ? entry : NO_REASON }
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describe(error: unknown): ComponentError | null {
  if (typeof error !== 'object' || error === null) return null
  const { name, message }: { name?: unknown; message?: unknown } = error
  if (typeof message !== 'string') return null
  return { name: typeof name === 'string' ? name : null, message }
}

const observationOf: Read<Observation> = (value, at) => {
  const fields = fieldsOf(value, at)
  const { msg } = fields.raw
  return {
    kind: fields.string('k'),
    at: fields.optionalInstant('ts'),
    message: typeof msg === 'string' ? msg : null,
    error: describe(fields.raw.err),
    raw: fields.raw,
  }
}
