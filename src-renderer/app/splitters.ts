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
  // Pages change all the time: only what moves a splitter, or brings one, is worth measuring.
  const observer = new MutationObserver((records) => {
    if (records.some(({ target, addedNodes }) => isPane(target) || [...addedNodes].some(hasSplitter))) describe()
  })
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] })
  describe()
  return () => observer.disconnect()
}

function isPane(node: Node): boolean {
  return node instanceof Element && node.matches('.splitpanes, .splitpanes__pane')
}

function hasSplitter(node: Node): boolean {
  return node instanceof Element && node.querySelector('.splitpanes__splitter') !== null
}
