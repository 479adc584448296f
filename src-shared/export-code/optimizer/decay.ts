import type { ResolvedOptimizer } from '@shared/catalog/optimizers'

/** Weight decay as frameworks know it. Kernels alone decay. */
export type DecayForm =
  | { readonly kind: 'none' }
  /** g ← g + rate·w. */
  | { readonly kind: 'coupled'; readonly rate: number }
  /** w ← (1 − η·rate)·w before the rule. */
  | { readonly kind: 'decoupled'; readonly rate: number }

export function decayForm({ decay, weightDecay, learningRate }: ResolvedOptimizer): DecayForm {
  if (weightDecay === 0) return { kind: 'none' }
  switch (decay) {
    case 'coupled':
    case 'decoupled':
      return { kind: decay, rate: weightDecay }
    case 'schedule':
      // (η/η₀)λ is η times λ/η₀.
      return { kind: 'decoupled', rate: weightDecay / learningRate }
  }
}
