import { scoresShape, targetShape, type ModelOutput } from '@shared/catalog/losses'
import { concat, slice, type Graph, type Tensor } from '@shared/graph'
import type { TrainingPlan } from './plan'
import type { RowInput } from './program'

/** Consecutive rows of a batch. */
export interface Rows {
  readonly features: Tensor
  readonly targets: Tensor
  /** The teacher's logits, `[rows, classes]` or `[rows, positions, classes]`; absent where nobody teaches. */
  readonly teacher?: Tensor
  /** What the teacher's matched layer gives, `[rows, …]`; absent where none is matched. */
  readonly feature?: Tensor
}

export function batchInputs(graph: Graph, { data }: Pick<TrainingPlan, 'data'>, batchSize: number): Rows & { readonly rows: readonly RowInput[] } {
  const features = graph.input('features', 'float32', [batchSize, ...data.sample])
  const targets = graph.input('targets', data.target.kind === 'class' ? 'int32' : 'float32', [batchSize, ...targetShape(data.target)])
  return { features, targets, rows: [{ table: 'features', tensor: features }, { table: 'targets', tensor: targets }] }
}

/** The batch of a training step, with the answers of who teaches. */
export function trainingInputs(graph: Graph, plan: Pick<TrainingPlan, 'data' | 'distillation'>, batchSize: number): Rows & { readonly rows: readonly RowInput[] } {
  const batch = batchInputs(graph, plan, batchSize)
  const scores = scoresShape(plan.data.target)
  if (plan.distillation === null || scores === null) return batch
  const teacher = graph.input('teacher', 'float32', [batchSize, ...scores])
  const answered = { ...batch, teacher, rows: [...batch.rows, { table: 'teacher', tensor: teacher } as const] }
  if (plan.distillation.feature === null) return answered
  const feature = graph.input('teacherFeature', 'float32', [batchSize, ...plan.distillation.feature.shape])
  return { ...answered, feature, rows: [...answered.rows, { table: 'teacherFeature', tensor: feature }] }
}

/** The batch in at most `count` parts of equal size, the last perhaps smaller. */
export function partsOf({ features, targets, teacher, feature }: Rows, count: number): readonly Rows[] {
  const [total] = features.shape
  const size = Math.ceil(total / count)
  if (size === total) return [{ features, targets, teacher, feature }]
  return Array.from({ length: Math.ceil(total / size) }, (_, index) => {
    const cut = (whole: Tensor): Tensor => {
      const [first, ...others] = whole.shape
      return slice(whole, { starts: [index * size, ...others.map(() => 0)], sizes: [Math.min(size, first - index * size), ...others] })
    }
    return { features: cut(features), targets: cut(targets), teacher: teacher && cut(teacher), feature: feature && cut(feature) }
  })
}

/** The model's answers for all parts, as if they were one batch. */
export function joinOutputs(parts: readonly ModelOutput[]): ModelOutput {
  const [first] = parts
  if (parts.length === 1) return first
  const logits = parts.flatMap((part) => (part.logits === null ? [] : [part.logits.tensor]))
  return {
    output: concat(parts.map(({ output }) => output), 0),
    logits: first.logits === null ? null : { ...first.logits, tensor: concat(logits, 0) },
  }
}
