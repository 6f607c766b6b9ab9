/**
 * How the value of a key of the outermost object is written in a JSON text; undefined when the key is absent, null when the value is.
 * For numbers that JavaScript cannot hold. Of several values the last counts, as for `JSON.parse`. The text must be valid JSON.
 */
export function jsonSource(json: string, key: string): string | undefined {
  let source: string | undefined
  for (const [name, value] of topLevelEntries(json)) {
    if (JSON.parse(name) === key) source = value
  }
  return source
}

/** The entries of the outermost object, names and values as they are written. */
function* topLevelEntries(json: string): Generator<[name: string, value: string]> {
  let depth = 0
  let start = 0
  let name = ''
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at] ?? ''
    const isEnd = depth === 1 && (mark === ',' || mark === '}')
    if (isEnd && name !== '') yield [name, json.slice(start, at).trim()]
    if (depth === 1 && mark === ':') name = json.slice(start, at).trim()
    if (mark === '{' || mark === '[') depth += 1
    if (mark === '}' || mark === ']') depth -= 1
    if (depth === 1 && '{,:'.includes(mark)) start = at + 1
    if (depth === 1 && mark === ',') name = ''
    // Whatever stands between quotes is not looked at.
    if (mark === '"') at = endOfText(json, at)
  }
}

function endOfText(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
