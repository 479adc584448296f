import { shallowReactive } from 'vue'
import type { SeriesSlice } from '@shared/protocol/views'
import type { RunView } from '@shared/protocol/views'
import { sparklinePath } from '@renderer/charts/sparkline'

export const SPARKLINE_WIDTH = 96
export const SPARKLINE_HEIGHT = 18
/** Points asked for: a few of each pixel column's extremes are enough to look true. */
const POINTS = 64
/** A row that is scrolled past this quickly asks for nothing. */
const REST_MS = 80

/** The metric whose curve stands for the run: the loss of every step. */
export const SPARKLINE_KEY = 'train.loss'

/**
 * Curves of the rows that are looked at, read when a row rests in view and kept until the run has grown; running runs are
 * read again at most once a second. `read` asks the host.
 */
export function createSparklines(
  read: (runId: string, points: number) => Promise<SeriesSlice>,
  wait: (action: () => void, milliseconds: number) => () => void,
) {
  const paths = shallowReactive(new Map<string, string>())
  const readAt = new Map<string, number>()
  const waiting = new Map<string, () => void>()

  async function load(run: RunView): Promise<void> {
    const slice = await read(run.id, POINTS)
    paths.set(run.id, sparklinePath({ x: slice.steps, y: slice.values }, SPARKLINE_WIDTH, SPARKLINE_HEIGHT))
  }

  /** The path to draw now; asks for it, or for a newer one, where it is missing. */
  function pathOf(run: RunView): string {
    const steps = run.metrics[SPARKLINE_KEY]?.lastStep ?? 0
    const known = paths.get(run.id)
    if (steps > 0 && readAt.get(run.id) !== steps && !waiting.has(run.id)) {
      const pause = known === undefined ? REST_MS : 1000
      waiting.set(
        run.id,
        wait(() => {
          waiting.delete(run.id)
          readAt.set(run.id, steps)
          void load(run)
        }, pause),
      )
    }
    return known ?? ''
  }

  /** Rows out of sight ask for nothing any more. */
  function forget(runId: string): void {
    waiting.get(runId)?.()
    waiting.delete(runId)
  }

  return { pathOf, forget }
}
