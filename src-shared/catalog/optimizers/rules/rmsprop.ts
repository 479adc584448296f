import { add, div, maximum, mul, sqrt, sub, type Tensor } from '@shared/graph'
import type { Hyperparameters, RuleCore, Slot, UpdateInputs } from '../optimizer'

/** RMSprop in 8 passes, centered 6 more, momentum 2 more. */

export interface RmspropSettings {
  readonly rho: number
  readonly epsilon: number
  readonly centered: boolean
  readonly momentum: number
}

export interface RmspropVariant {
  readonly placement: 'inside' | 'outside'
  /** Whether the momentum buffer holds finished steps (Keras) or directions that the rate multiplies afterwards. */
  readonly rateInBuffer: boolean
}

/**
 * With V = v/(1−ρ) and G = ḡ/(1−ρ) the averages need no scaled copies; the root is then √(1−ρ) too small, which joins
 * the rate: w ← w − rate·g/D with D = √(V − (1−ρ)G²) and ε scaled to match.
 */
export function rmspropRule<O extends Hyperparameters>(
  settings: (options: O) => RmspropSettings,
  variant: (options: O) => RmspropVariant,
): RuleCore<O> {
  return {
    slots(options) {
      const { rho, centered, momentum } = settings(options)
      const slots: Slot[] = [{ name: 'v', initial: 0, scale: 1 - rho }]
      if (centered) slots.push({ name: 'gradientMean', initial: 0, scale: 1 - rho })
      if (momentum > 0) slots.push({ name: 'momentum', initial: 0, scale: variant(options).rateInBuffer ? 1 : 1 / Math.sqrt(1 - rho) })
      return slots
    },
    scalars: (options, { learningRate }) => ({ rate: learningRate / Math.sqrt(1 - settings(options).rho) }),
    update({ weight, gradient, slots, scalars }, options) {
      const { rho, centered, momentum } = settings(options)
      const { placement, rateInBuffer } = variant(options)
      const next: Record<string, Tensor> = { v: add(mul(slots.v, rho), mul(gradient, gradient)) }
      if (centered) next.gradientMean = add(mul(slots.gradientMean, rho), gradient)
      const direction = div(gradient, divisor(next, settings(options), placement))
      if (momentum === 0) return { weight: sub(weight, mul(direction, scalars.rate)), slots: next }
      const kept = mul(slots.momentum, momentum)
      next.momentum = add(kept, rateInBuffer ? mul(direction, scalars.rate) : direction)
      return { weight: sub(weight, rateInBuffer ? next.momentum : mul(next.momentum, scalars.rate)), slots: next }
    },
  }
}

function divisor(slots: UpdateInputs['slots'], { rho, epsilon, centered }: RmspropSettings, placement: RmspropVariant['placement']): Tensor {
  const square = centered ? variance(slots.v, slots.gradientMean, rho) : slots.v
  return placement === 'inside' ? sqrt(add(square, epsilon / (1 - rho))) : add(sqrt(square), epsilon / Math.sqrt(1 - rho))
}

/** Never negative in exact arithmetic; rounding makes it so when the gradient stays constant, and the root NaN. */
function variance(square: Tensor, mean: Tensor, rho: number): Tensor {
  return maximum(sub(square, mul(mul(mean, mean), 1 - rho)), 0)
}
