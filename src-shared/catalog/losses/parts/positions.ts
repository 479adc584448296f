import { reduceMean, reshape, type Shape, type Tensor } from '@shared/graph'
import type { OptionsOf } from '../../definition'
import type { MetricDefinition } from '../../metrics/metric'
import type { LossDefinition, ModelEnd, ModelOutput, TargetInfo } from '../loss'
import { shown, type Misfit } from './targets'

/**
 * Class labels at every position of a sequence: the model answers position by position, and to losses and metrics each
 * position is a sample of its own. A sequence's loss is the mean over its positions.
 */
interface AtPositions {
  readonly positions: number
  /** Of one position. */
  readonly target: TargetInfo
}

function positionsOf(target: TargetInfo): AtPositions {
  if (target.kind === 'value' || target.positions === undefined) return { positions: 1, target }
  const { positions, ...each } = target
  return { positions, target: each }
}

/** One sample's target without the batch axis. */
export function targetShape(target: TargetInfo): Shape {
  if (target.kind === 'value') return target.shape
  return target.positions === undefined ? [] : [target.positions]
}

/** A score for each class: of a sample, or of each of its positions; null where there are no classes. */
export function scoresShape(target: TargetInfo): Shape | null {
  return target.kind === 'value' ? null : [...targetShape(target), target.classes]
}

/** The output of one position; a misfit where the model does not answer position by position. */
function outputShapeOf(target: TargetInfo, outputShape: Shape): { readonly shape: Shape } | { readonly misfit: NonNullable<Misfit> } {
  if (target.kind === 'value' || target.positions === undefined) return { shape: outputShape }
  const [first, ...rest] = outputShape
  if (outputShape.length === 2 && first === target.positions) return { shape: rest }
  return { misfit: { code: 'loss-positions', args: { output: shown(outputShape), positions: target.positions, classes: target.classes } } }
}

/** {@link LossDefinition.check}, of each position where labels stand at every one. */
export function lossMisfit<D extends LossDefinition>(loss: D, target: TargetInfo, outputShape: Shape, end?: ModelEnd & { readonly options: OptionsOf<D> }): Misfit {
  const each = outputShapeOf(target, outputShape)
  return 'misfit' in each ? each.misfit : loss.check(positionsOf(target).target, each.shape, end)
}

/** {@link MetricDefinition.check}, of each position where labels stand at every one. */
export function metricMisfit<D extends MetricDefinition>(metric: D, target: TargetInfo, outputShape: Shape, end?: ModelEnd & { readonly options: OptionsOf<D> }): Misfit {
  const each = outputShapeOf(target, outputShape)
  return 'misfit' in each ? each.misfit : metric.check(positionsOf(target).target, each.shape, end)
}

/** Loss of every sample, `[batch]`. */
export function sampleLosses<D extends LossDefinition>(loss: D, model: ModelOutput, targets: Tensor, info: TargetInfo, options: OptionsOf<D>): Tensor {
  const { positions, target } = positionsOf(info)
  if (target === info) return loss.lower(model, targets, info, options)
  const each = loss.lower(flattened(model), flat(targets), target, options)
  return reduceMean(reshape(each, [each.shape[0] / positions, positions]), { axes: [1] })
}

/** The metric's sums over the batch. */
export function metricSums<D extends MetricDefinition>(metric: D, model: ModelOutput, targets: Tensor, info: TargetInfo, options: OptionsOf<D>): Tensor {
  const { target } = positionsOf(info)
  return target === info ? metric.lower(model, targets, info, options) : metric.lower(flattened(model), flat(targets), target, options)
}

/** The metric of `samples` from their sums. */
export function metricResult<D extends MetricDefinition>(metric: D, sums: Float64Array, samples: number, info: TargetInfo, options: OptionsOf<D>): Float64Array {
  const { positions, target } = positionsOf(info)
  return metric.finish(sums, samples * positions, target, options)
}

function flattened({ output, logits }: ModelOutput): ModelOutput {
  return { output: flat(output), logits: logits === null ? null : { ...logits, tensor: flat(logits.tensor) } }
}

/** `[batch, positions, …]` as `[batch · positions, …]`. */
function flat(x: Tensor): Tensor {
  const [batch, positions, ...rest] = x.shape
  return reshape(x, [batch * positions, ...rest])
}
