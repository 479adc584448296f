import type { Directive } from 'vue'

interface SplitterNote {
  /** What the splitters change, for screen readers. */
  readonly label: string
  /** Shares of the panes, in percent. */
  readonly sizes: readonly number[]
}

/** Panes come and go, and their splitters with them: nobody but the page itself tells when. */
const observers = new WeakMap<HTMLElement, MutationObserver>()

/** On a `Splitpanes`: its splitters can be moved with arrow keys, but say neither what they are nor where they stand. */
export const vSplitters: Directive<HTMLElement, SplitterNote> = {
  mounted: watch,
  updated: watch,
  unmounted: (root) => observers.get(root)?.disconnect(),
}

function watch(root: HTMLElement, { value }: { readonly value: SplitterNote }): void {
  observers.get(root)?.disconnect()
  const observer = new MutationObserver(() => describe(root, value))
  observer.observe(root, { childList: true })
  observers.set(root, observer)
  describe(root, value)
}

function describe(root: HTMLElement, { label, sizes }: SplitterNote): void {
  const splitters = root.querySelectorAll(':scope > .splitpanes__splitter')
  for (const [index, splitter] of splitters.entries()) {
    splitter.setAttribute('aria-label', label)
    splitter.setAttribute('aria-valuemin', '0')
    splitter.setAttribute('aria-valuemax', '100')
    splitter.setAttribute('aria-valuenow', String(Math.round(sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0))))
  }
}

/** Shares of panes in percent such that each has at least so many pixels of the width; what is too much, the widest gives.
 *  A room that is not on show has no width. */
export function atLeast(sizes: readonly number[], pixels: readonly number[], width: number): readonly number[] {
  if (width === 0) return sizes
  const least = pixels.map((each) => (100 * each) / width)
  const widened = sizes.map((size, index) => Math.max(size, least[index]))
  const over = widened.reduce((sum, size) => sum + size, 0) - 100
  const widest = widened.indexOf(Math.max(...widened))
  return widened.map((size, index) => (index === widest ? size - over : size))
}
