import type { TrainingJob } from '@shared/protocol/training'
import type { HistoryApi, NewEvent } from '@main/core/history'

/** What a run was started with beside its document: it goes on with the same. */
export type Origin = Pick<TrainingJob, 'baseDirectory' | 'stepsPerDispatch' | 'snapshots'>

/** The event that keeps it. */
export function originEvent({ baseDirectory, stepsPerDispatch, snapshots }: Origin): NewEvent {
  return { kind: 'origin', step: 0, time: 0, data: { baseDirectory, stepsPerDispatch, snapshots } }
}

export function originOf(history: HistoryApi, runId: string): Origin {
  const [event] = history.readEvents(runId, { kinds: ['origin'], limit: 1 })
  const data = event?.data
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error(`run ${runId} has no origin`)
  return {
    baseDirectory: typeof data.baseDirectory === 'string' ? data.baseDirectory : '.',
    stepsPerDispatch: typeof data.stepsPerDispatch === 'number' ? data.stepsPerDispatch : null,
    snapshots: data.snapshots === true,
  }
}
