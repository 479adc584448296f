import { useEventListener, useResizeObserver } from '@vueuse/core'
import { nextTick, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue'

/** Smaller than this share of its size, a formula is scrolled rather than shrunk. */
const SMALLEST = 0.64

/** Font size, as a share of its own, at which a box's content is no wider than the box. `content` tells of changes. */
export function useFit(box: Readonly<ShallowRef<HTMLElement | null>>, content: WatchSource): ShallowRef<number> {
  const scale = shallowRef(1)
  let fitted = 0

  async function fit(): Promise<void> {
    scale.value = 1
    await nextTick()
    if (box.value === null || box.value.clientWidth === 0) return
    fitted = box.value.clientWidth
    // A hundredth is left for what letters measure more than they grow.
    scale.value = Math.max(SMALLEST, Math.min(1, (0.99 * fitted) / box.value.scrollWidth))
  }

  // The height follows from the scale: only another width asks for another fit.
  useResizeObserver(box, () => {
    if (box.value !== null && box.value.clientWidth !== fitted) void fit()
  })
  watch(content, () => void fit())
  // Measured before its letters came, a formula is narrower than it looks.
  useEventListener(document.fonts, 'loadingdone', () => void fit())
  return scale
}
