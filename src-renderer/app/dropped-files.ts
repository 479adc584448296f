/** What a file is by its name; null for what Descent does not open. Data files are chosen where the experiment names them. */
export function fileKind(name: string): 'document' | 'bundle' | null {
  const lower = name.toLowerCase()
  if (lower.endsWith('.json')) return 'document'
  return lower.endsWith('.zip') ? 'bundle' : null
}
