/** Encodes a string as UTF-8 in base64url without padding. */
export function encodeBase64Url(text: string): string {
  return encodeBase64(new TextEncoder().encode(text))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Encodes bytes in standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''))
}

/** Decodes UTF-8 from base64 of either alphabet, with or without padding; null when the input is not valid. */
export function decodeBase64Url(encoded: string): string | null {
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(bytes, (character) => character.codePointAt(0) ?? 0),
    )
  } catch {
    return null
  }
}
