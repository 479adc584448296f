const SIGNS: Readonly<Record<string, string>> = { '\n': '↵', '\r': '↵', '\t': '⇥' }

/** A text on one line: line ends and tabs as signs. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[\n\r\t]/g, (character) => SIGNS[character])
}

/** The name of a class, which may be any character of a text: a space by itself could not be seen. */
export function visibleName(name: string): string {
  return name === ' ' ? '␣' : visibleText(name)
}
