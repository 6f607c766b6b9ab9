/** A short form of a flow or request ID for a user to read out: `ABCD-1234`. */
export function supportCodeOf(id: string): string {
  return `${id.slice(0, 4)}-${id.slice(4, 8)}`.toUpperCase()
}

/** Returns the ID prefix of a support code or a complete ID; `undefined` if it is neither. */
export function readSupportCode(text: string): string | undefined {
  const [, start, end] =
    /^([0-9a-f]{4})[- ]?([0-9a-f]{4})(?:(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i.exec(text.trim()) ??
    []
  return start === undefined ? undefined : `${start}${end}`.toLowerCase()
}

/** The support code of an event: of its flow, or else of the request that caused it; null: no request caused it. */
export function eventSupportCode({
  flowId,
  requestId,
}: {
  flowId: string | null
  requestId: string | null
}): string | null {
  const id = flowId ?? requestId
  return id === null ? null : supportCodeOf(id)
}
