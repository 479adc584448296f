/** Milliseconds of a frame that drawing may take; what is left waits for the next one, so that the window stays smooth. */
const FRAME_BUDGET = 8
/** A drawing rests this many times as long as its frame took: an expensive chart that changes all the time is drawn less often. */
const REST = 3
const LONGEST_REST = 250
/** What a frame takes without any drawing. */
const FRAME = 17

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
let drawn: Waiting[] = []
let drawnAt = 0
let frame = 0

/** All charts of the window take turns. */
export function createDrawer(draw: () => void): Drawer {
  const own: Waiting = { draw, restUntil: 0 }
  return {
    request: () => {
      queue.add(own)
      wake()
    },
    cancel: () => queue.delete(own),
  }
}

function wake(): void {
  if (frame === 0) frame = requestAnimationFrame(work)
}

function work(): void {
  frame = 0
  const begin = performance.now()
  rest(begin)
  for (const waiting of queue) {
    if (waiting.restUntil > begin) continue
    queue.delete(waiting)
    waiting.draw()
    drawn.push(waiting)
    if (performance.now() - begin > FRAME_BUDGET) break
  }
  drawnAt = begin
  if (queue.size > 0 || drawn.length > 0) wake()
}

/** Charts of the last frame rest by how late this one is: painting, which comes after drawing, is most of the work. */
function rest(now: number): void {
  const late = Math.max(0, now - drawnAt - FRAME)
  for (const waiting of drawn) waiting.restUntil = now + Math.min(LONGEST_REST, REST * late)
  drawn = []
}
