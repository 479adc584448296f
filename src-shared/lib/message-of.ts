/** What was thrown, in its own words, on one line: reports are shown in tables. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()
}
