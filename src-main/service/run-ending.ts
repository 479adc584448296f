import type { Core, CoreEvent } from '@main/core'
import { IssueError } from '@shared/spec/issue'

/** Whether the event is a run's last. */
function isLast(event: CoreEvent): boolean {
  return event.type === 'finished' || event.type === 'failed' || event.type === 'crashed' || event.type === 'lost'
}

/** Resolves when every one of these runs has ended. */
export async function ending(core: Core, runIds: Iterable<string>): Promise<void> {
  const waiting = new Set(runIds)
  if (waiting.size === 0) return
  await new Promise<void>((resolve) => {
    const unsubscribe = core.subscribe((event) => {
      if (!isLast(event)) return
      waiting.delete(event.runId)
      if (waiting.size > 0) return
      unsubscribe()
      resolve()
    })
  })
}

/** Runs that train, wait or are paused; those that wait come first. */
export function unfinishedRuns({ runs }: Core): readonly string[] {
  return [...runs.queued, ...runs.active]
}

/** Every run writes a checkpoint and ends as interrupted: the next session offers to go on. Where the history cannot take
 *  that (full disk), the next opening of the history says the same. */
export async function interruptRuns(core: Core): Promise<void> {
  // Those that wait leave the queue first, so that none of them begins in a freed lane.
  const runs = unfinishedRuns(core)
  const ended = ending(core, runs)
  for (const id of runs) {
    try {
      core.control(id, { type: 'stop', as: 'interrupted' })
    } catch (error) {
      if (!(error instanceof IssueError)) throw error
    }
  }
  await ended
}
