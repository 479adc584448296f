import type { DecayMode } from '../decay'
import type { ResolvedOptimizer } from '../resolve'

interface Target {
  readonly mode: DecayMode
  readonly learningRate: number
  readonly rateFactor: number
}

/** λ of the same effect; `equal` is false where decay added to the gradient faces decay of the weights themselves. */
export function decayCounterpart(from: ResolvedOptimizer, to: Target): { readonly weightDecay: number; readonly equal: boolean } {
  const { weightDecay, decay, learningRate, options } = from
  if (weightDecay === 0) return { weightDecay, equal: true }
  const perRate = decay === 'schedule' ? weightDecay / learningRate : weightDecay
  const coupled = [decay, to.mode].map((mode) => mode === 'coupled')
  if (coupled[0] && coupled[1]) return { weightDecay, equal: true }
  const meant = perRate / to.rateFactor
  // Without momentum or division, −η(g + λw) and (1 − ηλ)w − ηg are the same.
  const plain = options.momentum === 0 && options.epsilon === undefined
  return { weightDecay: to.mode === 'schedule' ? meant * to.learningRate : meant, equal: plain || coupled[0] === coupled[1] }
}
