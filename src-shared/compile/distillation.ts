import { scoresShape, type ModelOutput } from '@shared/catalog/losses'
import { logSoftmax, mul, reduceMean, reduceSum, sameShape, softmax, sub, type Tensor } from '@shared/graph'
import type { ExperimentDocument } from '@shared/spec'
import { issue, type Issue } from '@shared/spec/issue'
import type { AugmentationPlan } from './augment'
import type { FeaturePlan } from './feature'
import type { CheckedModel, DataShape } from './model'

/** What is asked of the student beside the labels. */
export interface DistillationPlan {
  readonly alpha: number
  readonly temperature: number
  /** Null where no layer inside the student is matched. */
  readonly feature: FeaturePlan | null
}

/** T²·KL(teacher ‖ student) of every row, `[batch]`, of logits `[batch, classes]` softened by T; of logits
 *  `[batch, positions, classes]` the mean over the positions, as with losses. */
export function distillationLoss(student: Tensor, teacher: Tensor, temperature: number): Tensor {
  const [soft, taught] = [student, teacher].map((logits) => mul(logits, 1 / temperature))
  const last = student.shape.length - 1
  const divergence = reduceSum(mul(softmax(taught), sub(logSoftmax(taught), logSoftmax(soft))), { axes: [last], keepDims: false })
  return mul(last === 1 ? divergence : reduceMean(divergence, { axes: [1] }), temperature * temperature)
}

/** Scores before the softmax: of a model without one, what it answers. */
export function logitsOf({ output, logits }: ModelOutput): Tensor {
  return logits?.tensor ?? output
}

export function distillationPlan({ training }: ExperimentDocument, feature: FeaturePlan | null): DistillationPlan | null {
  const { distillation } = training
  return distillation === undefined ? null : { alpha: distillation.alpha, temperature: distillation.temperature, feature }
}

/** Rows stay as they are, teacher and student have one score for each class, and the labels' loss reads them as such. */
export function distillationIssues({ training }: ExperimentDocument, model: Pick<CheckedModel, 'outputShape'>, { target }: DataShape, augmentation: AugmentationPlan): readonly Issue[] {
  if (training.distillation === undefined) return []
  // The teacher has answered the rows as they are.
  if (augmentation.chosen.length > 0) return [issue('training-distillation-augmented', ['training', 'distillation'])]
  const scores = scoresShape(target)
  if (scores !== null && sameShape(model.outputShape, scores) && training.loss.type === 'categoricalCrossentropy') return []
  return [issue('training-distillation-classes', ['training', 'distillation'], { loss: training.loss.type })]
}
