/** A line of a text file. */
export interface Line {
  text: string
  /** Whether its bytes are valid UTF-8 or UTF-16. If not, `text` is decoded as Windows-1252. */
  isUnicode: boolean
}

/**
 * Splits a text file into lines. Reads every encoding that Windows programs write: UTF-8 and UTF-16 in either byte order, with
 * or without a byte order mark, with any line ending. Undefined for truncated or mixed UTF-16.
 */
export function decodeLines(bytes: Uint8Array): Line[] | undefined {
  const order = byteOrderOf(bytes)
  if (order === undefined) return splitLines(Buffer.from(bytes).toString('latin1')).map(decodeLine)
  const littleEndian = order === 'little' ? bytes : swapPairs(bytes)
  const text = decode(littleEndian, 'utf-16le')
  return text === undefined
    ? undefined
    : splitLines(text).map((line) => ({ text: withoutMark(line), isUnicode: true }))
}

function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/)
}

// Decoded line by line: in a file that two programs wrote, some lines may still be valid.
function decodeLine(raw: string): Line {
  const bytes = Buffer.from(raw, 'latin1')
  const text = decode(bytes, 'utf-8')
  return text === undefined
    ? { text: decode(bytes, 'windows-1252') ?? raw, isUnicode: false }
    : { text: withoutMark(text), isUnicode: true }
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

// Checked on every line: concatenated files contain a byte order mark in the middle.
function withoutMark(line: string): string {
  return line.startsWith('\uFEFF') ? line.slice(1) : line
}

/** Undefined if the bytes are not UTF-16. */
function byteOrderOf(bytes: Uint8Array): 'little' | 'big' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big'
  // Without a byte order mark: settings are mostly ASCII, so every other byte is 0.
  const half = bytes.length / 4
  let [even, odd] = [0, 0]
  for (const [index, byte] of bytes.entries()) {
    if (byte === 0 && index % 2 === 0) even += 1
    if (byte === 0 && index % 2 === 1) odd += 1
  }
  if (odd >= half && odd > even * 4) return 'little'
  return even >= half && even > odd * 4 ? 'big' : undefined
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => bytes[index % 2 === 0 ? index + 1 : index - 1] ?? byte)
}
