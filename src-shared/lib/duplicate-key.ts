/**
 * First key that stands twice in one object of a JSON text, or null. `JSON.parse` keeps the last of them silently, so
 * that two readers may disagree about one file. The text must be valid JSON.
 */
export function duplicateKey(text: string): string | null {
  const objects: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{') objects.push(new Set())
    else if (character === '[') objects.push(null)
    else if (character === '}' || character === ']') objects.pop()
    else if (character === '"') {
      const end = endOfString(text, at)
      const keys = objects.at(-1)
      if (keys && isKey(text, end)) {
        const key = JSON.parse(text.slice(at, end)) as string
        if (keys.has(key)) return key
        keys.add(key)
      }
      at = end - 1
    }
  }
  return null
}

/** Position after the closing quote. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function isKey(text: string, from: number): boolean {
  let at = from
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return text[at] === ':'
}
