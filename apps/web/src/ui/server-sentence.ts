// Responses with these statuses come from a proxy whose gateway is down; their text is for its operator.
const AWAY = new Set([502, 503, 504])
const LONGEST = 300
// Starts and ends like a sentence: "Too Many Requests" or "404 page not found" don't help a user.
const SENTENCE = /^\p{Lu}[^\n]*[.!?]( [^\n]*)?$/u

/** An error with the gateway's own message, which is meant for users. */
export class ServerSentence extends Error {
  override readonly name = 'ServerSentence'
}

/**
 * Reads the gateway's message from a response outside GraphQL: one sentence of plain text. `undefined`: the response is
 * something else, which must not be shown.
 */
export async function readServerSentence(response: Response): Promise<string | undefined> {
  const type = response.headers.get('content-type') ?? ''
  if (!/^text\/plain\b/i.test(type) || AWAY.has(response.status)) return undefined
  const text = (await response.text()).trim()
  return text.length <= LONGEST && SENTENCE.test(text) ? text : undefined
}
