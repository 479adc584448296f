import type { Directive } from 'vue'

interface SplitterNote {
  /** What the splitters change, for screen readers. */
  readonly label: string
  /** Shares of the panes, in percent. */
  readonly sizes: readonly number[]
}

/** On a `Splitpanes`: its splitters can be moved with arrow keys, but say neither what they are nor where they stand. */
export const vSplitters: Directive<HTMLElement, SplitterNote> = { mounted: describe, updated: describe }

function describe(root: HTMLElement, { value: { label, sizes } }: { readonly value: SplitterNote }): void {
  const splitters = root.querySelectorAll(':scope > .splitpanes__splitter')
  for (const [index, splitter] of splitters.entries()) {
    splitter.setAttribute('aria-label', label)
    splitter.setAttribute('aria-valuemin', '0')
    splitter.setAttribute('aria-valuemax', '100')
    splitter.setAttribute('aria-valuenow', String(Math.round(sizes[index] ?? 0)))
  }
}
