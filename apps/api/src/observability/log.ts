import { AsyncLocalStorage } from 'node:async_hooks'
import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino'
import type { NewEvent } from '../store/events.ts'
import { describeError, REDACTED, SECRET_KEYS } from './redact.ts'

export type { Logger } from 'pino'

/** What the line about a request says beside its method, route, status and time; nothing of what was sent. */
export interface RequestNotes {
  viewerKind?: string
  /** Says that two lines are about the same person, without a name. */
  viewerHash?: string
  /** Kind and fields of the operation, as the schema names them. */
  operation?: string
  /** Names of the typed errors that the caller got. */
  refusals?: string[]
}

/** The request that is being answered, for whatever is logged on its behalf. */
export interface CurrentRequest {
  requestId: string
  log: Logger
  /** Default: no line is written about it. */
  notes?: RequestNotes | undefined
}

const requests = new AsyncLocalStorage<CurrentRequest>()

/** Runs something on behalf of a request. */
export function withRequest<Result>(request: CurrentRequest, run: () => Result): Result {
  return requests.run(request, run)
}

export function currentRequest(): CurrentRequest | undefined {
  return requests.getStore()
}

/** Adds to the line about the current request. */
export function noteRequest(notes: Omit<RequestNotes, 'refusals'>): void {
  Object.assign(currentRequest()?.notes ?? {}, notes)
}

/** Adds the name of a typed error that the caller of the current request gets. */
export function noteRefusal(error: Error): void {
  const notes = currentRequest()?.notes
  if (notes) (notes.refusals ??= []).push(error.constructor.name)
}

/** The line about an event of the log that never forgets: the one place where a person's id is written. */
export function logEvent(log: Logger, event: NewEvent): void {
  const { type, requestId: _, at: __, ...about } = event
  log.info({ event: type, ...about }, 'Event')
}

/**
 * A logger that writes a JSON object a line, by default to standard error; each line says which request it is about.
 * No secret is ever given to it; should one be, fields that hold secrets and texts that look like them are blacked out.
 */
export function createLog(
  destination: DestinationStream = pino.destination(2),
  level: LevelWithSilent = 'info',
): Logger {
  return pino(
    {
      level,
      base: null,
      mixin: () => ({ requestId: currentRequest()?.requestId }),
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: REDACTED },
    },
    destination,
  )
}
