/** Milliseconds of a frame that drawing may take; what is left waits for the next one, so that the window stays smooth. */
const FRAME_BUDGET = 10
/** A drawing rests this many times as long as it took: an expensive chart that changes all the time is drawn less often. */
const REST = 4
const LONGEST_REST = 200

interface Drawer {
  /** Draws at a coming frame, once however often it is asked for. */
  readonly request: () => void
  readonly cancel: () => void
}

interface Waiting {
  readonly draw: () => void
  restUntil: number
}

const queue = new Set<Waiting>()
let frame = 0

/** All charts of the window take turns. */
export function createDrawer(draw: () => void): Drawer {
  const own: Waiting = { draw, restUntil: 0 }
  return {
    request: () => {
      queue.add(own)
      if (frame === 0) frame = requestAnimationFrame(work)
    },
    cancel: () => queue.delete(own),
  }
}

function work(): void {
  const begin = performance.now()
  for (const waiting of queue) {
    if (waiting.restUntil > begin) continue
    queue.delete(waiting)
    const before = performance.now()
    waiting.draw()
    const after = performance.now()
    waiting.restUntil = after + Math.min(LONGEST_REST, REST * (after - before))
    if (after - begin > FRAME_BUDGET) break
  }
  frame = queue.size === 0 ? 0 : requestAnimationFrame(work)
}
