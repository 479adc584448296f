import { availableParallelism } from 'node:os'
import type { ExperimentDocument } from '@shared/spec'
import type { TrainingJob } from '@shared/protocol/training'

export interface LookRequest {
  readonly document: ExperimentDocument
  /** Relative paths in the document start here. */
  readonly baseDirectory: string
  readonly device: string
}

/**
 * A job that makes steps which nobody keeps: no run, no checkpoint, and no teacher, whose answers would be one more table
 * of the same program.
 */
export function lookJob({ document, baseDirectory, device }: LookRequest, directories: Pick<TrainingJob, 'resourcesDirectory' | 'artifactsDirectory'>): TrainingJob {
  const { distillation: _, ...training } = document.training
  return {
    ...directories,
    runId: '',
    document: { ...document, training, engine: { ...document.engine, preference: device } },
    baseDirectory,
    device,
    choice: null,
    threads: document.engine.threads ?? availableParallelism(),
    stepsPerDispatch: null,
    checkpoint: null,
    dataHash: null,
    teacher: null,
    snapshots: false,
  }
}
