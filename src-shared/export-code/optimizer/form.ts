import type { ResolvedOptimizer } from '@shared/catalog/optimizers'

/**
 * An update rule whatever it is called: `sgd`, `momentum` and `nesterov` are one family, and dialects that mean the same
 * are the same form. Names of options are those of the catalog.
 */
export type RuleForm =
  | { readonly family: 'plain' }
  /** `keras`: the buffer holds finished steps; `pytorch`: gradients; `average`: their running mean. `ahead`: the gradient
   *  is taken where momentum is about to carry the weights, which stay behind. */
  | { readonly family: 'momentum'; readonly kind: 'keras' | 'pytorch' | 'average'; readonly momentum: number; readonly nesterov: boolean; readonly dampening: number; readonly ahead: boolean }
  | { readonly family: 'adagrad'; readonly epsilon: number; readonly inside: boolean; readonly initialAccumulator: number; readonly learningRateDecay: number }
  | { readonly family: 'rmsprop'; readonly rho: number; readonly epsilon: number; readonly inside: boolean; readonly centered: boolean; readonly momentum: number; readonly rateInBuffer: boolean }
  /** `hat`: ε joins √v before bias correction (Keras). */
  | { readonly family: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly placement: 'hat' | 'outside' | 'inside'; readonly amsgrad: boolean }
  | { readonly family: 'adadelta'; readonly rho: number; readonly epsilon: number }
  | { readonly family: 'adamax'; readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly inside: boolean }
  | { readonly family: 'nadam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly momentumDecay: number }
  /** `threshold`: of ρ, above which the variance is trusted. */
  | { readonly family: 'radam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly threshold: number }
  | { readonly family: 'lion'; readonly beta1: number; readonly beta2: number }

/** The rule of a resolved optimizer; null for one that no script can express yet. */
export function ruleForm({ definition, dialect, options }: ResolvedOptimizer): RuleForm | null {
  const number = (name: string, otherwise = 0): number => (typeof options[name] === 'number' ? options[name] : otherwise)
  const flag = (name: string): boolean => options[name] === true
  const epsilon = number('epsilon')
  const betas = { beta1: number('beta1'), beta2: number('beta2') }
  switch (definition.type) {
    case 'sgd':
    case 'momentum':
    case 'nesterov':
      return momentumForm(definition.type, dialect, number('momentum'), flag('nesterov'), number('dampening'), options.form)
    case 'adagrad':
      return { family: 'adagrad', epsilon, inside: isInside(dialect, options.epsilonPlacement), initialAccumulator: number('initialAccumulator'), learningRateDecay: number('learningRateDecay') }
    case 'rmsprop':
      return {
        family: 'rmsprop',
        rho: number('rho'),
        epsilon,
        inside: isInside(dialect, options.epsilonPlacement),
        centered: flag('centered'),
        momentum: number('momentum'),
        rateInBuffer: dialect === 'keras',
      }
    case 'adam':
    case 'adamw':
      return { family: 'adam', ...betas, epsilon, amsgrad: flag('amsgrad'), placement: dialect === 'keras' ? 'hat' : isInside(dialect, options.epsilonPlacement) ? 'inside' : 'outside' }
    case 'adadelta':
      return { family: 'adadelta', rho: number('rho'), epsilon }
    case 'adamax':
      return { family: 'adamax', ...betas, epsilon, inside: dialect === 'pytorch' }
    case 'nadam':
      return { family: 'nadam', ...betas, epsilon, momentumDecay: number('momentumDecay', 1) }
    case 'radam':
      return { family: 'radam', ...betas, epsilon, threshold: dialect === 'pytorch' ? 5 : 4 }
    case 'lion':
      return { family: 'lion', ...betas }
    default:
      return null
  }
}

/** Keras adds ε within the root (Adagrad, RMSprop), PyTorch outside; articles say where. */
function isInside(dialect: string, placement: unknown): boolean {
  return dialect === 'keras' || placement === 'inside'
}

function momentumForm(type: string, dialect: string, momentum: number, nesterov: boolean, dampening: number, form: unknown): RuleForm {
  if (momentum === 0) return { family: 'plain' }
  const kind = dialect === 'pytorch' ? 'pytorch' : dialect === 'textbook' && form === 'average' ? 'average' : 'keras'
  const ahead = type === 'nesterov' && dialect === 'textbook'
  return { family: 'momentum', kind, momentum, nesterov: !ahead && (nesterov || type === 'nesterov'), dampening, ahead }
}
