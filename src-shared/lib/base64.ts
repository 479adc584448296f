const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** RFC 4648 base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const rest = bytes.length - at
    const word = (bytes[at] << 16) | ((rest > 1 ? bytes[at + 1] : 0) << 8) | (rest > 2 ? bytes[at + 2] : 0)
    parts.push(LETTERS[word >> 18], LETTERS[(word >> 12) & 63], rest > 1 ? LETTERS[(word >> 6) & 63] : '=', rest > 2 ? LETTERS[word & 63] : '=')
  }
  return parts.join('')
}

/** Bytes of a base64 text that {@link encodeBase64} wrote; other letters count as zero. */
export function decodeBase64(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array(Math.max(0, (text.length / 4) * 3 - padding))
  for (let at = 0, to = 0; at < text.length; at += 4) {
    const word = (digit(text, at) << 18) | (digit(text, at + 1) << 12) | (digit(text, at + 2) << 6) | digit(text, at + 3)
    for (const byte of [word >> 16, (word >> 8) & 255, word & 255]) if (to < bytes.length) bytes[to++] = byte
  }
  return bytes
}

const VALUES = new Uint8Array(128)
for (let value = 0; value < LETTERS.length; value++) VALUES[LETTERS.charCodeAt(value)] = value

function digit(text: string, at: number): number {
  return VALUES[text.charCodeAt(at) & 127]
}
