import { useEventListener, useResizeObserver } from '@vueuse/core'
import { nextTick, onMounted, shallowReactive, watch, type ShallowRef, type WatchSource } from 'vue'

/** Smaller than this share of its size, a formula is broken into lines rather than shrunk in one piece. */
const COMFORTABLE = 0.85
/** Smaller than this, it is scrolled rather than shrunk. */
const SMALLEST = 0.64

/** How a formula fits into its box. */
export interface Fit {
  /** Font size, as a share of its own. */
  scale: number
  /** Whether it stands on several lines. */
  broken: boolean
  /** Whether it is wider than the box all the same. */
  scrolls: boolean
}

/** Finds what a box's content needs for being no wider than the box. `content` tells of changes. */
export function useFit(box: Readonly<ShallowRef<HTMLElement | null>>, content: WatchSource): Readonly<Fit> {
  const fit = shallowReactive<Fit>({ scale: 1, broken: false, scrolls: false })
  let fitted = 0
  let turn = 0

  /** Share of its full size at which the content is as wide as the box; null where nothing is shown. */
  async function measure(broken: boolean): Promise<number | null> {
    Object.assign(fit, { scale: 1, broken })
    await nextTick()
    if (box.value === null || box.value.clientWidth === 0) return null
    fitted = box.value.clientWidth
    const { scrollWidth } = box.value
    // A hundredth is left for what letters measure more than they grow.
    return scrollWidth <= fitted ? 1 : (0.99 * fitted) / scrollWidth
  }

  async function refit(): Promise<void> {
    const own = ++turn
    const whole = await measure(false)
    if (whole === null || own !== turn) return
    const lines = whole < COMFORTABLE ? await measure(true) : whole
    if (lines === null || own !== turn) return
    const share = Math.max(whole, lines)
    Object.assign(fit, { scale: Math.max(SMALLEST, share), broken: lines > whole, scrolls: share < SMALLEST })
  }

  // The height follows from the scale: only another width asks for another fit.
  useResizeObserver(box, () => {
    if (box.value !== null && box.value.clientWidth !== fitted) void refit()
  })
  onMounted(() => void refit())
  watch(content, () => void refit())
  // Measured before its letters came, a formula is narrower than it looks.
  useEventListener(document.fonts, 'loadingdone', () => void refit())
  return fit
}
