import { AsyncLocalStorage } from 'node:async_hooks'
import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino'
import type { NewEvent } from '../store/events.ts'
import { describeError, hideSecrets } from './redact.ts'

export type { Logger } from 'pino'

/** Fields of a request's log line in addition to method, route, status and time; nothing that the caller sent. */
export interface RequestNotes {
  viewerKind?: string
  /** Hash of the user ID, so that lines about the same user can be matched. */
  viewerHash?: string
  /** Type and fields of the operation, as named in the schema. */
  operation?: string
  /** Names of the typed errors in the response. */
  refusals?: string[]
}

/** The request being handled; log lines written during it refer to it. */
export interface CurrentRequest {
  requestId: string
  log: Logger
  /** Undefined: no log line is written about this request. */
  notes?: RequestNotes | undefined
}

const requests = new AsyncLocalStorage<CurrentRequest>()

/** Runs a function in the context of a request. */
export function withRequest<Result>(request: CurrentRequest, run: () => Result): Result {
  return requests.run(request, run)
}

export function currentRequest(): CurrentRequest | undefined {
  return requests.getStore()
}

/** Adds fields to the current request's log line. */
export function noteRequest(notes: Omit<RequestNotes, 'refusals'>): void {
  Object.assign(currentRequest()?.notes ?? {}, notes)
}

/** Adds the name of a typed error in the current request's response. */
export function noteRefusal(error: Error): void {
  const notes = currentRequest()?.notes
  if (notes) (notes.refusals ??= []).push(error.constructor.name)
}

/** Writes an event of the permanent event log as a log line: the only place where a user ID is logged. */
export function logEvent(log: Logger, event: NewEvent): void {
  const { type, requestId: _, at: __, ...about } = event
  log.info({ event: type, ...about }, 'Event')
}

/**
 * Creates a logger that writes one JSON object per line, by default to standard error, with the ID of the current request.
 * Callers never log secrets. As a safeguard, fields with secret names and strings that look like secrets are redacted.
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
      formatters: { level: (label) => ({ level: label }), log: toFields, bindings: toFields },
      // Pino's own serializer would describe the description.
      serializers: { err: (description: unknown) => description },
    },
    destination,
  )
}

// Pino's own redaction takes longer than everything else that a line needs.
function toFields(fields: Record<string, unknown>): Record<string, unknown> {
  if (!('err' in fields)) return hideSecrets(fields)
  const { err, ...others } = fields
  return { ...hideSecrets(others), err: describeError(err) }
}
