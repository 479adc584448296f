import type { Dialect, Hyperparameters } from '../optimizer'
import type { ResolvedOptimizer } from '../resolve'
import type { DifferenceCode } from './differences'
import type { Counterpart } from './translation'

/** The least that documents may say. */
const SMALLEST_EPSILON = 1e-20

/** `hat` is outside too, but before bias correction. */
type Placement = 'inside' | 'outside' | 'hat'

function placementOf(dialect: Dialect, keras: Placement, { epsilonPlacement }: Hyperparameters): Placement {
  if (dialect === 'textbook') return epsilonPlacement === 'inside' ? 'inside' : 'outside'
  return dialect === 'keras' ? keras : 'outside'
}

/** ε of like weight where the accumulated square is small: ε outside the root is ε² inside. */
function moved(epsilon: number, from: Placement, to: Placement): number {
  if ((from === 'inside') === (to === 'inside')) return epsilon
  return Math.max(to === 'inside' ? epsilon ** 2 : Math.sqrt(epsilon), SMALLEST_EPSILON)
}

/** Where ε ends up: the textbook dialect can follow any place but Keras Adam's. */
function placed({ dialect, options }: ResolvedOptimizer, to: Dialect, keras: Placement): Counterpart {
  const from = placementOf(dialect, keras, options)
  const target = to === 'textbook' && from !== 'hat' ? from : placementOf(to, keras, { epsilonPlacement: 'outside' })
  const epsilon = moved(Number(options.epsilon), from, target)
  const differences: DifferenceCode[] = from === target ? [] : [from === 'inside' || target === 'inside' ? 'epsilonPlacement' : 'epsilonHat']
  return { options: { ...options, epsilon, epsilonPlacement: target === 'inside' ? 'inside' : 'outside' }, differences }
}

/** Adam and AdamW. */
export function adamCounterpart(optimizer: ResolvedOptimizer, to: Dialect): Counterpart {
  const { options, differences } = placed(optimizer, to, 'hat')
  return { options, differences: optimizer.options.amsgrad === true && to === 'textbook' ? [...differences, 'amsgrad'] : differences }
}

export function rmspropCounterpart(optimizer: ResolvedOptimizer, to: Dialect): Counterpart {
  const { options, differences } = placed(optimizer, to, 'inside')
  const { centered = false, momentum = 0 } = optimizer.options
  const lost: DifferenceCode[] = []
  if (to === 'textbook' && centered === true) lost.push('centered')
  if (to === 'textbook' && momentum !== 0) lost.push('momentum')
  if (to !== 'textbook' && momentum !== 0) lost.push('rateInBuffer')
  return { options, differences: [...differences, ...lost] }
}

/** Inside the root, accumulator and ε only count together. */
export function adagradCounterpart(optimizer: ResolvedOptimizer, to: Dialect): Counterpart {
  const { dialect, options } = optimizer
  const initial = Number(options.initialAccumulator ?? 0)
  const { options: others, differences } = placed(optimizer, to, 'inside')
  const slower: DifferenceCode[] = options.learningRateDecay === undefined || options.learningRateDecay === 0 ? [] : ['rateDecay']
  const counterpart = { options: { ...others, initialAccumulator: initial, learningRateDecay: 0 }, differences: [...differences, ...slower] }
  if (to !== 'textbook' || initial === 0) return counterpart
  const epsilon = dialect === 'keras' ? initial + Number(options.epsilon) : Math.max(initial, SMALLEST_EPSILON)
  const inside = { ...counterpart.options, epsilon, epsilonPlacement: 'inside' }
  return dialect === 'keras' ? { options: inside, differences: slower } : { options: inside, differences: ['epsilonPlacement', ...slower] }
}

export function adamaxCounterpart({ options }: ResolvedOptimizer): Counterpart {
  return { options, differences: ['epsilonAdamax'] }
}

/** One rule in all dialects. */
export function adadeltaCounterpart({ options }: ResolvedOptimizer): Counterpart {
  return { options, differences: [] }
}

/** Keras's rule is PyTorch's with ψ = 1. */
export function radamCounterpart({ options }: ResolvedOptimizer): Counterpart {
  return { options, differences: ['rectification'] }
}

export function nadamCounterpart({ options }: ResolvedOptimizer): Counterpart {
  const { momentumDecay = 1 } = options
  return { options: { ...options, momentumDecay }, differences: momentumDecay === 1 ? [] : ['momentumDecay'] }
}
