import type { ConfigurableProp, PropOption } from './components.ts'

/**
 * What came of running a component's code. Pipedream answers 200 even when that code failed, so `ok` comes first: the result is
 * there only where `ok` is true, and `error` only where it is false. It is false when there is an observation of the kind
 * `error`, or an entry in `errors`.
 */
export type ComponentOutcome<Result> = ComponentSuccess<Result> | ComponentFailure

interface Observed {
  /** What the code had to say, in the order in which it said it. */
  readonly observations: readonly Observation[]
  /** The response as it came. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The code ran to its end. */
export type ComponentSuccess<Result> = { readonly ok: true } & Result & Observed

/** The code failed. What it did before that is done; what it returned nevertheless is in `raw`. */
export interface ComponentFailure extends Observed {
  readonly ok: false
  readonly error: ComponentError
}

/** Why a component's code failed, in its own words: they may name what your user typed. */
export interface ComponentError {
  /** The error's class, such as `TypeError` or `ConfigurationError`; null when it did not say. */
  readonly name: string | null
  readonly message: string
}

/** Something that a component's code had to say. */
export interface Observation {
  /** `console.log`, `error`, ... */
  readonly kind: string
  /** Null when Pipedream did not say. */
  readonly at: Date | null
  /** Null when it is no text; see `raw`. */
  readonly message: string | null
  /** What was thrown, when something was. */
  readonly error: ComponentError | null
  /** The observation as it came; an error's `stack` is in it. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `configureProp` gives when it worked. */
export interface ConfiguredProp {
  /** What to choose from; empty when there is nothing, or nothing more. */
  readonly options: readonly PropOption[]
  /** For the next batch: pass it on as `prevContext`, with the next `page`. Null when Pipedream gave none. */
  readonly context: Readonly<Record<string, unknown>> | null
}

/** What `reloadProps` gives when it worked. */
export interface ReloadedProps {
  /** For the calls that follow. Null when Pipedream gave none. */
  readonly dynamicPropsId: string | null
  /** All props of the component, in place of those that were known. */
  readonly configurableProps: readonly ConfigurableProp[]
}

/** What `actions.run` gives when the action ran to its end. */
export interface ActionResult {
  /** What it returned: any JSON. */
  readonly returnValue: unknown
  /** What it exported, by Pipedream's own names: `$summary`, `$filestash_uploads`, ... */
  readonly exports: Readonly<Record<string, unknown>>
  /** Where its files are; null when it has none. */
  readonly stashId: string | null
}
