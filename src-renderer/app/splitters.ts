/** Splitters are focusable separators: the ARIA pattern wants their value, which the library leaves out. */
export function describeSplitters(root: HTMLElement): () => void {
  const describe = (): void => {
    for (const splitter of root.querySelectorAll('.splitpanes__splitter')) {
      const before = splitter.previousElementSibling?.getBoundingClientRect()
      const whole = splitter.parentElement?.getBoundingClientRect()
      if (before === undefined || whole === undefined) continue
      const vertical = splitter.getAttribute('aria-orientation') === 'vertical'
      const share = vertical ? (before.right - whole.left) / whole.width : (before.bottom - whole.top) / whole.height
      const value = String(Math.round(100 * share))
      if (Number.isFinite(share) && splitter.getAttribute('aria-valuenow') !== value) splitter.setAttribute('aria-valuenow', value)
    }
  }
  const observer = new MutationObserver(describe)
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] })
  describe()
  return () => observer.disconnect()
}
