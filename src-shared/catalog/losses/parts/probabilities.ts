import type { LossDefinition, ModelEnd } from '../loss'
import type { Misfit } from './targets'

const PROBABILITIES: readonly string[] = ['softmax', 'sigmoid']

/** A last activation that gives no probabilities, in a model whose outputs a loss or metric is to take for such. */
export function probabilitiesMisfit(code: 'loss-needs-probabilities' | 'metric-needs-probabilities', wanted: 'softmax' | 'sigmoid', end: (ModelEnd & { readonly options: { readonly fromLogits: boolean } }) | undefined): Misfit {
  if (end === undefined || end.activation === null || end.options.fromLogits || PROBABILITIES.includes(end.activation)) return null
  return { code, args: { activation: end.activation, wanted } }
}

/** How the model ends for metrics: a loss of probabilities is refused, or makes them, where the model gives none. */
export function measuredEnd({ activation }: LossDefinition, end: ModelEnd): ModelEnd {
  return activation === undefined ? end : { activation }
}
