/** The id of a flow or of a request in short, for a person to read out: `ABCD-1234`. */
export function supportCodeOf(id: string): string {
  return `${id.slice(0, 4)}-${id.slice(4, 8)}`.toUpperCase()
}

/** How the ids begin that a text may mean, which is a support code or such an id; `undefined`: it means none. */
export function readSupportCode(text: string): string | undefined {
  const [, start, end] =
    /^([0-9a-f]{4})[- ]?([0-9a-f]{4})(?:(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i.exec(text.trim()) ??
    []
  return start === undefined ? undefined : `${start}${end}`.toLowerCase()
}

/** The code by which an event is found: its flow's, else that of the request that caused it; null: nobody asked for it. */
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
