type Attributes = Record<string, string | number>

/** A piece of work about to begin. No name or attribute holds what a caller wrote. */
interface NewSpan {
  name: string
  kind: 'server' | 'internal' | 'client'
  attributes?: Attributes
  /** The caller's own span; default: whatever is under way here. */
  traceparent?: string | null
}

/** A piece of work that is under way. */
interface RunningSpan {
  set(attributes: Attributes): void
  /** What carries the trace on to another server; undefined: nothing is traced. */
  readonly traceparent: string | undefined
}

/** Tells a collector what took how long, as part of what. */
export interface Tracing {
  within<Result>(span: NewSpan, run: (span: RunningSpan) => Promise<Result>): Promise<Result>
  /** Sends what has not been sent. */
  close(): Promise<void>
}

const NO_SPAN: RunningSpan = { set() {}, traceparent: undefined }

export const noTracing: Tracing = {
  within: (_span, run) => run(NO_SPAN),
  close: () => Promise.resolve(),
}
