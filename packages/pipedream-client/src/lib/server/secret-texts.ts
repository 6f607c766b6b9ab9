/** The texts of a request's body that no error may repeat: whole, and as a server that trims them would quote them. */
export function secretTexts(...values: readonly unknown[]): string[] {
  const texts = values.flatMap((value) => leaves(value))
  return [...new Set(texts.flatMap((text) => [text, text.trim()]))].filter((text) => text !== '')
}

function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}
