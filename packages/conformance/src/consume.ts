/** Walks a list to its end, or until so many entries have come. */
export async function consume(entries: AsyncIterable<unknown>, atMost = 100): Promise<void> {
  let seen = 0
  for await (const entry of entries) {
    seen += entry === undefined ? 0 : 1
    if (seen === atMost) return
  }
}
