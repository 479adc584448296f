import type { ModelEnd } from '../loss'
import type { Misfit } from './targets'

const PROBABILITIES: readonly string[] = ['softmax', 'sigmoid']

/** A last activation that gives no probabilities, in a model whose outputs are to be taken for such. */
export function probabilitiesMisfit(wanted: 'softmax' | 'sigmoid', end: (ModelEnd & { readonly options: { readonly fromLogits: boolean } }) | undefined): Misfit {
  if (end === undefined || end.activation === null || end.options.fromLogits || PROBABILITIES.includes(end.activation)) return null
  return { code: 'loss-needs-probabilities', args: { activation: end.activation, wanted } }
}
