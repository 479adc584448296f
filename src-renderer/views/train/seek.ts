import type { Path } from '@renderer/stores/edit'
import type { ColumnName } from './layout'

/** Parts of the document that the Train room has fields for. */
const TRAINED: readonly unknown[] = ['dataset', 'training', 'engine', 'seed']

export function isTrained([part]: Path): boolean {
  return TRAINED.includes(part)
}

export function columnOf([part]: Path): ColumnName {
  return part === 'dataset' ? 'what' : 'how'
}

/** Brings the field of a column that the path names, or the part that it belongs to, into sight and focus; unfolds what it lies in. */
export function showField(column: HTMLElement, path: Path): void {
  const field = path.map(String).reverse().map((name) => column.querySelector<HTMLElement>(selectorOf(name))).find((found) => found !== null)
  if (field === undefined) return
  for (let fold = field.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  field.scrollIntoView({ block: 'center' })
  const control = field.matches('input, select') ? field : field.querySelector<HTMLElement>('input:not([type=file]), select, .plain-button')
  control?.focus()
}

function selectorOf(name: string): string {
  return ['field', 'file', null].map((kind) => `[data-testid="${CSS.escape(kind === null ? name : `${kind}-${name}`)}"]`).join(', ')
}
