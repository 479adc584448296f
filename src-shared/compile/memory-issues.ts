import { showBytes } from '@shared/lib/bytes'
import { issue, type Issue } from '@shared/spec/issue'
import { epochLayout } from './batches'
import { estimateMemory, featureBytes, fittingBatchSize, type MemoryEstimate, type PartRows } from './memory'
import type { TrainingPlan } from './plan'

/** What a run's memory depends on. */
export interface MemoryNeed {
  readonly plan: TrainingPlan
  readonly batchSize: number | 'full'
  readonly rows: PartRows
}

/** Why a run cannot fit into `memory` bytes, with the largest batch that does; null where it may. */
export function memoryIssue({ plan, batchSize, rows }: MemoryNeed, memory: number, estimate: MemoryEstimate = estimateMemory(plan, batchSize, rows)): Issue | null {
  if (estimate.total <= memory) return null
  const smaller = fittingBatchSize(plan, batchSize, rows, memory)
  const common = { estimate: showBytes(estimate.total), memory: showBytes(memory) }
  const features = featureBytes(plan, rows)
  if (smaller === null && 2 * features > memory) return issue('training-feature-too-large', ['training', 'distillation', 'feature', 'teacher'], { ...common, features: showBytes(features) })
  if (smaller === null) return issue('run-model-too-large', ['model'], { ...common, ...fixedParts(estimate) })
  return issue('run-memory-too-small', ['training', 'batchSize'], { ...common, ...sizes({ plan, batchSize, rows }, smaller) })
}

/** The share of its memory that half the batch must spare a run to be worth proposing. */
const WORTHWHILE = 0.1

/** What to say when an allocation failed on `device` all the same, for `reason`. */
export function outOfMemoryIssue(need: MemoryNeed, device: string, reason: string): Issue {
  const { plan, batchSize, rows } = need
  const estimate = estimateMemory(plan, batchSize, rows)
  const half = Math.max(1, Math.floor(epochLayout(rows.train, batchSize).batchSize / 2))
  const common = { device, reason, estimate: showBytes(estimate.total) }
  if (estimateMemory(plan, half, rows).total > (1 - WORTHWHILE) * estimate.total) return issue('run-out-of-memory-model', ['model'], { ...common, ...fixedParts(estimate) })
  return issue('run-out-of-memory', ['training', 'batchSize'], { ...common, ...sizes(need, half) })
}

/** What no batch size changes. */
function fixedParts({ weights, slots, data }: MemoryEstimate): { readonly weights: string; readonly data: string } {
  return { weights: showBytes(weights + slots), data: showBytes(data) }
}

function sizes({ plan, batchSize, rows }: MemoryNeed, smaller: number): { readonly batchSize: number; readonly smaller: number; readonly smallerEstimate: string } {
  return { batchSize: epochLayout(rows.train, batchSize).batchSize, smaller, smallerEstimate: showBytes(estimateMemory(plan, smaller, rows).total) }
}
