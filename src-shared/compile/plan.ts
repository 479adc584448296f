import type { AveragingDefinition } from '@shared/catalog/averaging'
import type { ClippingDefinition } from '@shared/catalog/clipping'
import type { LossDefinition } from '@shared/catalog/losses/loss'
import type { MetricDefinition } from '@shared/catalog/metrics/metric'
import type { StoppingDefinition } from '@shared/catalog/stopping'
import type { ResolvedOptimizer } from '@shared/catalog/optimizers'
import type { AugmentationPlan } from './augment'
import type { DistillationPlan } from './distillation'
import type { DataShape, CheckedModel } from './model'
import type { ModelLayout } from './layout'

/** `{type, …options}` of a definition, together with it. */
export interface Chosen<D, O> {
  readonly definition: D
  readonly options: O
}

/** A definition's options, validated by the document's schema; their exact type is the definition's business. */
type Options = Readonly<Record<string, unknown>>

/** What happens to gradients between the objective and the optimizer. */
export interface GradientPlan {
  /** Parts that a batch is computed in. */
  readonly parts: number
  readonly clip: Chosen<ClippingDefinition, Options> | null
  readonly noise: { readonly variance: number; readonly decay: number } | null
  /** Whether every step reports their global norm, as it is before clipping. */
  readonly reportNorm: boolean
}

/** Averaged weights: entries beside the weights', under {@link AVERAGE}. */
export interface AveragingPlan extends Chosen<AveragingDefinition, Options> {
  /** Whether evaluation, pictures and exports use them. */
  readonly use: boolean
  /** Whether statistics are averaged too. */
  readonly statistics: boolean
}

/** Before the names of averaged weights and statistics. */
export const AVERAGE = 'average/'

/** A recorded metric that something depends on; `sign` is 1 where lower is better, −1 where higher is. */
export interface Monitor {
  readonly key: string
  readonly sign: 1 | -1
}

/** A rule that may end training. */
export interface StopRule extends Chosen<StoppingDefinition, Options> {
  readonly monitor: Monitor | null
}

/** Everything that programs are built from: a checked model with its state, and how it is trained. */
export interface TrainingPlan {
  readonly model: CheckedModel
  readonly layout: ModelLayout
  readonly data: DataShape
  readonly loss: Chosen<LossDefinition, Options>
  readonly metrics: readonly Chosen<MetricDefinition, Options>[]
  readonly optimizer: ResolvedOptimizer
  readonly gradients: GradientPlan
  /** What is done to the rows of a training step. */
  readonly augmentation: AugmentationPlan
  readonly averaging: AveragingPlan | null
  readonly stopping: readonly StopRule[]
  /** What a schedule that reacts looks at; null for those that follow a plan. */
  readonly scheduleMonitor: Monitor | null
  /** Whether the schedule moves the optimizer's momentum. */
  readonly cyclesMomentum: boolean
  readonly distillation: DistillationPlan | null
  /** Penalty on every kernel, `{type, …}` of a regularizer, or null. */
  readonly regularization: { readonly type: string } | null
}

/** What training keeps of weights and statistics: the model's own, and what is learned beside it. */
export function trainingLayout({ layout, distillation }: Pick<TrainingPlan, 'layout' | 'distillation'>): ModelLayout {
  const beside = distillation?.feature?.regressor ?? []
  return { ...layout, weights: [...layout.weights, ...beside.flatMap(({ weights }) => weights)], entries: [...layout.entries, ...beside] }
}

/** Weights and statistics by full name, with the names under which evaluation and exports find their values. */
export function modelNames({ layout, averaging }: Pick<TrainingPlan, 'layout' | 'averaging'>): ReadonlyMap<string, string> {
  const weights = averaging?.use === true ? AVERAGE : ''
  const statistics = averaging?.use === true && averaging.statistics ? AVERAGE : ''
  return new Map([...layout.weights.map(({ fullName }) => [fullName, `${weights}${fullName}`] as const), ...layout.statistics.map(({ fullName }) => [fullName, `${statistics}${fullName}`] as const)])
}
