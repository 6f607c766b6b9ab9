import type { ConfigurableProp, PropOption } from './components.ts'

/**
 * The outcome of running a component's code. Pipedream responds with 200 even if that code failed, so check `ok` first: the
 * result exists only if `ok` is true, and `error` only if it is false. `ok` is false if there is an observation of the kind
 * `error`, or an entry in `errors`.
 */
export type ComponentOutcome<Result> = ComponentSuccess<Result> | ComponentFailure

/** Properties of every outcome. */
interface Observed {
  /** Log messages and errors of the code, in order. */
  readonly observations: readonly Observation[]
  /** The unmodified response. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The code completed. `ok` is true; the other properties are the result. */
export type ComponentSuccess<Result> = {
  /** Always true. */
  readonly ok: true
} & Result &
  Observed

/** The code failed. Its earlier effects remain; a value that it returned nevertheless is in `raw`. */
export interface ComponentFailure extends Observed {
  /** Always false. */
  readonly ok: false
  /** Why the code failed. */
  readonly error: ComponentError
}

/** The error of a component's code. The message may contain input of your user. */
export interface ComponentError {
  /** The error's class, such as `TypeError` or `ConfigurationError`; null if unknown. */
  readonly name: string | null
  /** The error message; a default one if the code gave none. */
  readonly message: string
}

/** A log message or an error of a component's code. */
export interface Observation {
  /** Kind of the observation, such as `console.log` or `error`. */
  readonly kind: string
  /** When it happened; null if Pipedream did not say. */
  readonly at: Date | null
  /** The message; null if it is not a string, see `raw`. */
  readonly message: string | null
  /** The thrown error; null if absent. */
  readonly error: ComponentError | null
  /** The unmodified observation, including an error's `stack`. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The result of `configureProp`. */
export interface ConfiguredProp {
  /** Options to choose from; empty if there are none, or no more. */
  readonly options: readonly PropOption[]
  /** Pass it as `prevContext` with the next `page`. Null if Pipedream returned none. */
  readonly context: Readonly<Record<string, unknown>> | null
}

/** The result of `reloadProps`. */
export interface ReloadedProps {
  /** Pass it as `dynamicPropsId` to subsequent calls. Null if Pipedream returned none. */
  readonly dynamicPropsId: string | null
  /** All props of the component, which replace the known ones. */
  readonly configurableProps: readonly ConfigurableProp[]
}

/** The result of `actions.run`. */
export interface ActionResult {
  /** The action's return value, any JSON. */
  readonly returnValue: unknown
  /** The action's exports, by Pipedream's own names, such as `$summary` and `$filestash_uploads`. */
  readonly exports: Readonly<Record<string, unknown>>
  /** The stash with the action's files; null if absent. */
  readonly stashId: string | null
}
