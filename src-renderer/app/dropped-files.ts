/** What a file is by its name; null for what Descent does not open. Other data files are chosen where the experiment names them. */
export function fileKind(name: string): 'document' | 'bundle' | 'table' | null {
  const lower = name.toLowerCase()
  if (lower.endsWith('.json')) return 'document'
  if (lower.endsWith('.csv') || lower.endsWith('.tsv')) return 'table'
  return lower.endsWith('.zip') ? 'bundle' : null
}
