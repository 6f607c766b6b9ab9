// Answers of these statuses come from a proxy whose gateway is away; what they say is for its operator.
const AWAY = new Set([502, 503, 504])
const LONGEST = 300
// Begins like a sentence and ends one: "Too Many Requests" or "404 page not found" helps nobody.
const SENTENCE = /^\p{Lu}[^\n]*[.!?]( [^\n]*)?$/u

/** A refusal in the gateway's own words, which are meant to be shown. */
export class ServerSentence extends Error {
  override readonly name = 'ServerSentence'
}

/**
 * The sentence in which the gateway itself says why it did not do as asked: its answers outside of GraphQL are one
 * sentence of plain text each. `undefined`: the answer is something else, and none of its text is to be shown.
 */
export async function readServerSentence(response: Response): Promise<string | undefined> {
  const type = response.headers.get('content-type') ?? ''
  if (!/^text\/plain\b/i.test(type) || AWAY.has(response.status)) return undefined
  const text = (await response.text()).trim()
  return text.length <= LONGEST && SENTENCE.test(text) ? text : undefined
}
