import type { Core } from '@main/core'
import type { Topics } from '../handlers'

/** A run's events as they happen; points have a topic of their own. */
export function trainingTopic(core: Core): Topics<'training'>['training'] {
  return ({ runId }, emit) =>
    core.subscribe((event) => {
      if (event.runId !== runId || event.type === 'points') return
      if (event.type !== 'lost') emit(event)
      else emit({ type: 'lost', runId, reason: event.end.signal ?? `code ${String(event.end.code)}` })
    })
}
