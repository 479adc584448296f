import { computed, type ComputedRef } from 'vue'
import { checkModel } from '@shared/compile'
import { useChecked } from '@renderer/stores/checked'
import type { Json } from '@renderer/stores/edit'
import type { Experiment } from '@renderer/stores/experiments'
import { asChoice } from '../choice'
import { fittingLosses, lossFits, measuredEnding, measures, shapeOfUnits, suggestedLoss, suggestedMetrics, usualEnding, type ModelEnding } from './suggestions'

/** One click that makes loss, metrics or last layer fit the data. */
export interface Advice {
  readonly kind: 'loss' | 'ending' | 'metrics'
  readonly loss: string
  readonly units: number
  readonly activation: string
  /** Those that suit the target. */
  readonly metrics: readonly string[]
}

/** What could be better about loss and metrics, given the data's target and the model's last layer. */
export function useAdvice(experimentOf: () => Experiment): { readonly advice: ComputedRef<readonly Advice[]>; apply(advice: Advice): void } {
  const checked = useChecked()

  const situation = computed(() => {
    const parsed = experimentOf().parsed.value
    if (!parsed.ok || !checked.preview?.ok) return null
    const { target, sampleShape } = checked.preview.value.summary
    const model = checkModel(parsed.value.model, sampleShape)
    if (!model.ok) return null
    const last = model.value.nodes.find(({ node }) => node.id === model.value.output)?.node
    const activation = last?.activation as Json | undefined
    const ending: ModelEnding = { outputShape: model.value.outputShape, activation: activation === undefined ? null : String(asChoice(activation).type ?? '') }
    const { nodes } = parsed.value.model
    return { target, ending, last, nodes: nodes.length, index: nodes.findIndex(({ id }) => id === model.value.output), training: parsed.value.training, dataset: parsed.value.dataset.type }
  })

  const advice = computed<readonly Advice[]>(() => {
    const known = situation.value
    if (known === null) return []
    const { target, ending, training, last, dataset } = known
    const usual = usualEnding(target)
    const found: Advice[] = []
    const after = suggestedMetrics(target, { outputShape: shapeOfUnits(target, usual.units), activation: usual.activation }, dataset)
    const common = { ...usual, metrics: after }
    const { loss } = training
    const fits = lossFits(loss.type, withoutType(loss), target, ending)
    const better = suggestedLoss(target, ending)
    if (!fits && better !== null) found.push({ ...common, kind: 'loss', loss: better })
    if (!fits && fittingLosses(target, ending).length === 0 && last?.type === 'dense') found.push({ ...common, kind: 'ending' })
    const measured = measuredEnding(loss.type, ending)
    const wrong = training.metrics.some((metric) => !measures(metric.type, withoutType(metric), target, measured))
    const metrics = suggestedMetrics(target, measured, dataset)
    const settled = found.some(({ kind }) => kind === 'ending')
    if (!settled && (training.metrics.length === 0 || wrong) && metrics.length > 0) found.push({ ...common, kind: 'metrics', metrics })
    return found
  })

  function apply({ kind, loss, units, activation, metrics }: Advice): void {
    const experiment = experimentOf()
    const known = situation.value
    experiment.settle()
    if (kind === 'loss') experiment.edit(['training', 'loss'], loss)
    if (kind === 'metrics') experiment.edit(['training', 'metrics'], metrics)
    if (kind !== 'ending' || known === null) return
    const place = ['model', 'nodes', written(experiment, known.index, known.nodes)]
    const node = experiment.read(place)
    experiment.edit(place, { ...asChoice(node), units, activation }, 'ending')
    experiment.edit(['training', 'loss'], loss, 'ending')
    const ending = { outputShape: shapeOfUnits(known.target, units), activation }
    if (!known.training.metrics.every((metric) => measures(metric.type, withoutType(metric), known.target, ending))) experiment.edit(['training', 'metrics'], metrics, 'ending')
    experiment.settle()
  }

  return { advice, apply }
}

/** Where a node stands in the document as written: a chain may leave out its input, which is then put in front. */
function written(experiment: Experiment, index: number, nodes: number): number {
  const list = experiment.read(['model', 'nodes'])
  return Array.isArray(list) ? index - (nodes - list.length) : index
}

function withoutType({ type: _, ...options }: { readonly type: string; readonly [option: string]: unknown }): object {
  return options
}
