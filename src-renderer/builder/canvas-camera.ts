import type { VueFlowStore } from '@vue-flow/core'
import { nextTick, watch, type ShallowRef } from 'vue'
import { NODE_HEIGHT, NODE_WIDTH } from './layout'
import { useBuilder } from './store'

/** Smaller than this, what stands on a node is no longer read. */
const READABLE = 0.6
const MARGIN = 24
/** A fresh node is measured and shown within a few frames; before that it cannot have the focus. */
const FOCUS_FRAMES = 20

/** What part of the model is in sight. */
export function useCamera(flow: VueFlowStore, root: Readonly<ShallowRef<HTMLElement | null>>) {
  const builder = useBuilder()
  let showWhenReady = true
  /** Nobody moved what the camera chose to show: when the canvas changes its size it may choose again. */
  let untouched = true

  /** Everything. */
  function fit(): void {
    untouched = true
    void flow.fitView({ padding: 0.15, maxZoom: 1 })
  }

  /** Everything, or the beginning where all would be too small to read. */
  function showFirst(): void {
    showWhenReady = false
    untouched = true
    const places = Object.values(builder.places)
    // The first node on an empty canvas stays where it is dropped.
    if (places.length === 0) return void flow.setViewport({ x: 0, y: 0, zoom: 1 })
    const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
    const [left, right] = [Math.min(...xs), Math.max(...xs) + NODE_WIDTH]
    const [top, bottom] = [Math.min(...ys), Math.max(...ys) + NODE_HEIGHT]
    const { width, height } = flow.dimensions.value
    const zoom = Math.min((0.85 * width) / (right - left), (0.85 * height) / (bottom - top))
    if (zoom >= READABLE) return fit()
    void flow.setViewport({ zoom: READABLE, x: width / 2 - (READABLE * (left + right)) / 2, y: MARGIN - READABLE * top })
  }

  function zoom(direction: 'in' | 'out'): void {
    untouched = false
    void (direction === 'in' ? flow.zoomIn() : flow.zoomOut())
  }

  /** Moves a node to the middle when it is out of sight. */
  function reveal(id: string): void {
    const [left, top] = builder.places[id]
    const { x, y, zoom } = flow.viewport.value
    const { width, height } = flow.dimensions.value
    const middle = { x: left + NODE_WIDTH / 2, y: top + NODE_HEIGHT / 2 }
    const shown = { x: middle.x * zoom + x, y: middle.y * zoom + y }
    if (shown.x >= 0 && shown.y >= 0 && shown.x <= width && shown.y <= height) return
    untouched = false
    void flow.setCenter(middle.x, middle.y, { zoom })
  }

  function focusNode(id: string): void {
    attemptFocus(id, FOCUS_FRAMES)
  }

  function attemptFocus(id: string, tries: number): void {
    const element = root.value?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)
    element?.focus({ preventScroll: true })
    if (tries > 0 && (element === undefined || document.activeElement !== element)) requestAnimationFrame(() => attemptFocus(id, tries - 1))
  }

  // Moves by the program have no event behind them.
  flow.onMoveStart(({ event }) => {
    const { sourceEvent } = event as { readonly sourceEvent?: unknown }
    if (sourceEvent !== undefined && sourceEvent !== null) untouched = false
  })
  watch(() => builder.places, () => (untouched = false))
  let size = flow.dimensions.value
  watch(flow.dimensions, (now) => {
    // Hidden with its room.
    if (now.width === 0 || now.height === 0) return
    const before = size
    size = { ...now }
    if (before.width === 0 || showWhenReady) return
    if (untouched) return showFirst()
    const { x, y, zoom } = flow.viewport.value
    void flow.setViewport({ x: x + (now.width - before.width) / 2, y, zoom })
  }, { deep: true })
  flow.onNodesInitialized(() => {
    if (showWhenReady) showFirst()
  })
  watch(
    () => [builder.experiment?.id, builder.fitRequest],
    () => {
      showWhenReady = true
      void nextTick(() => {
        if (Object.keys(builder.places).length === 0) showFirst()
      })
    },
  )
  watch(
    () => builder.target,
    async (target) => {
      if (target === null || target.node === null) return
      await nextTick()
      if (!(target.node in builder.places)) return
      reveal(target.node)
      if (target.field === null) focusNode(target.node)
    },
  )

  return { fit, zoom, focusNode }
}
