import { datasets } from '@shared/catalog/datasets'
import { lossMisfit, lossRegistry, measuredEnd, metricMisfit, type TargetInfo } from '@shared/catalog/losses'
import { metricRegistry } from '@shared/catalog/metrics'
import type { Shape } from '@shared/graph'

/** How a model ends: the shape of its output and its last activation. */
export interface ModelEnding {
  readonly outputShape: Shape
  readonly activation: string | null
}

/** A last layer and a loss that belong together. */
export interface EndingAdvice {
  readonly loss: string
  readonly units: number
  readonly activation: string
}

/** What suits the target: the usual ending, whatever the model has now. */
export function usualEnding(target: TargetInfo): EndingAdvice {
  if (target.kind === 'value') return { loss: 'meanSquaredError', units: target.shape.reduce((product, extent) => product * extent, 1), activation: 'linear' }
  if (target.classes === 2) return { loss: 'binaryCrossentropy', units: 1, activation: 'sigmoid' }
  return { loss: 'categoricalCrossentropy', units: target.classes, activation: 'softmax' }
}

/** Losses for probabilities: on plain values they would learn nonsense, even where shapes fit. */
const FOR_CLASSES: readonly string[] = ['binaryCrossentropy', 'categoricalCrossentropy']
/** Activations whose outputs stay in a part of the numbers, which values to predict do not. */
const BOUNDED: readonly string[] = ['sigmoid', 'softmax', 'tanh']

/** Whether a loss with these options makes sense for such a target and last layer. */
export function lossFits(type: string, options: object, target: TargetInfo, ending: ModelEnding): boolean {
  const loss = lossRegistry.get(type)
  if (loss === undefined || lossMisfit(loss, target, ending.outputShape, { activation: ending.activation, options: loss.options.parse(options) }) !== null) return false
  return target.kind === 'class' || (!FOR_CLASSES.includes(type) && !BOUNDED.includes(ending.activation ?? ''))
}

/** Losses that make sense with their default options, in the catalog's order. */
export function fittingLosses(target: TargetInfo, ending: ModelEnding): readonly string[] {
  return [...lossRegistry.keys()].filter((type) => lossFits(type, {}, target, ending))
}

/** The loss for this target and this last layer; null where none fits, so that the last layer must change. */
export function suggestedLoss(target: TargetInfo, ending: ModelEnding): string | null {
  const fitting = fittingLosses(target, ending)
  const wanted = target.kind === 'value' ? 'meanSquaredError' : ending.outputShape.at(-1) === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy'
  return fitting.includes(wanted) ? wanted : (fitting[0] ?? null)
}

/** The ending as metrics beside this loss see it. */
export function measuredEnding(loss: string, ending: ModelEnding): ModelEnding {
  const definition = lossRegistry.get(loss)
  return definition === undefined ? ending : { ...ending, ...measuredEnd(definition, ending) }
}

/** Metrics that tell what people want to know of such a target in a data set of this type. */
export function suggestedMetrics(target: TargetInfo, ending: ModelEnding, dataset: string): readonly string[] {
  const usual =
    target.kind === 'value' ? ['meanAbsoluteError', 'r2'] : target.classes === 2 ? ['accuracy', 'precision', 'recall', 'confusionMatrix'] : ['accuracy', 'confusionMatrix']
  const wanted = datasets.get(dataset)?.metrics ?? usual
  return wanted.filter((type) => measures(type, {}, target, ending))
}

/** Whether a metric with these options can be computed of such a target and last layer. */
export function measures(type: string, options: object, target: TargetInfo, { outputShape, activation }: ModelEnding): boolean {
  const metric = metricRegistry.get(type)
  return metric !== undefined && metricMisfit(metric, target, outputShape, { activation, options: metric.options.parse(options) }) === null
}

/** The output's shape with so many units in the last layer. */
export function shapeOfUnits(target: TargetInfo, units: number): Shape {
  return target.kind === 'class' && target.positions !== undefined ? [target.positions, units] : [units]
}
