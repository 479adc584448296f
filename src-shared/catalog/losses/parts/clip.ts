import { maximum, minimum, type Tensor } from '@shared/graph'

/** Keras's `backend.epsilon()`: probabilities are kept this far from 0 and 1 before a logarithm. */
export const EPSILON = 1e-7

/** Probabilities clipped to [ε, 1 − ε], as Keras does; no gradient flows where they were clipped. */
export function clipProbability(probability: Tensor): Tensor {
  return minimum(maximum(probability, EPSILON), 1 - EPSILON)
}
