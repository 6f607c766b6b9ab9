/** Reads a list to its end, or up to a number of entries. */
export async function consume(entries: AsyncIterable<unknown>, atMost = 100): Promise<void> {
  let seen = 0
  for await (const entry of entries) {
    seen += entry === undefined ? 0 : 1
    if (seen === atMost) return
  }
}
