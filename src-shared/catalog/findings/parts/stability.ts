import type { ExperimentDocument } from '@shared/spec'
import { resolveOptimizer } from '../../optimizers'

/**
 * η times sharpness up to which gradient descent is stable on a quadratic: 2 without momentum, 2 + 2μ with it, and
 * (2 + 2μ) / (1 + 2μ) with Nesterov’s (Cohen et al., 2021, appendix B). Null for rules of another form: adaptive ones are
 * stable by their preconditioned sharpness.
 */
export function stabilityLimit({ training }: Pick<ExperimentDocument, 'training'>): number | null {
  const resolved = resolveOptimizer(training.optimizer)
  if (!resolved.ok || !['sgd', 'momentum', 'nesterov'].includes(resolved.value.definition.type)) return null
  const { definition, options } = resolved.value
  const momentum = typeof options.momentum === 'number' ? options.momentum : 0
  if (momentum === 0) return 2
  if (options.form === 'average' || (typeof options.dampening === 'number' && options.dampening !== 0)) return null
  const nesterov = definition.type === 'nesterov' || options.nesterov === true
  return (2 + 2 * momentum) / (nesterov ? 1 + 2 * momentum : 1)
}
