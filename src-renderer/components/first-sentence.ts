/** Enough to choose by; the rest stands where there is room. */
export function firstSentence(text: string): string {
  return /^.*?(?:\.(?=\s)|[。？！])/u.exec(text)?.[0] ?? text
}
