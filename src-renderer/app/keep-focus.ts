import { useEventListener } from '@vueuse/core'

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex="-1"])'

/** An element that had the focus, as it stood in the page then. */
interface Place {
  readonly element: HTMLElement
  /** Nearest first. */
  readonly around: readonly HTMLElement[]
  /** What the Tab key stops at, in order. */
  readonly stops: readonly HTMLElement[]
}

/**
 * Browsers give the focus to nobody when what has it goes away: a button that closes its own note, a row that removes
 * itself, a room that is left. Gives it to who stood beside, so that the person sees where the keys go on.
 */
export function useKeptFocus(): void {
  let last: Place | null = null

  function keep(): void {
    if (last === null || last.element.isConnected || document.activeElement !== document.body) return
    const heir = heirOf(last)
    last = null
    heir?.focus()
  }

  useEventListener(document, 'focusin', ({ target }) => {
    // Menus give the focus back themselves.
    if (target instanceof HTMLElement && target.closest('.el-popper') === null) last = { element: target, around: ancestorsOf(target), stops: [...document.querySelectorAll<HTMLElement>(FOCUSABLE)] }
  })
  // Before a key goes nowhere, and after it had its effect.
  useEventListener(window, 'keydown', keep, { capture: true })
  for (const event of ['keydown', 'keyup'] as const) useEventListener(window, event, () => requestAnimationFrame(keep))
}

/** In the nearest surroundings that are left: the next stop, or else the one before, or else one that came since. */
function heirOf({ element, around, stops }: Place): HTMLElement | null {
  const at = stops.indexOf(element)
  const near = [...stops.slice(at + 1), ...stops.slice(0, Math.max(0, at)).reverse()].filter((stop) => stop.isConnected && stop.checkVisibility())
  for (const home of around.filter(({ isConnected }) => isConnected)) {
    const heir = near.find((stop) => home.contains(stop)) ?? (home.tabIndex === -1 && home.hasAttribute('tabindex') ? home : home.querySelector<HTMLElement>(FOCUSABLE))
    if (heir !== null) return heir
  }
  return null
}

function ancestorsOf(element: HTMLElement): readonly HTMLElement[] {
  const parent = element.parentElement
  return parent === null ? [] : [parent, ...ancestorsOf(parent)]
}
