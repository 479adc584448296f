import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'

/** Scripts have one optimizer for all weights. */
export function refuseGroups({ training }: ExperimentDocument, framework: string): void {
  if (training.parameterGroups !== undefined) refuse('export-training-unsupported', [], { setting: 'parameterGroups', framework })
}
