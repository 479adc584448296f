import { add, div, maximum, mul, sqrt, sub, type Tensor } from '@shared/graph'
import type { Hyperparameters, RuleCore, Slot, StepContext, UpdateInputs, UpdateOutputs } from '../optimizer'

/** Adam's moments and step in 10 passes; `adam` and `adamw` differ in weight decay alone. */

export interface AdamSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly amsgrad: boolean
}

type Scalars = Readonly<Record<string, number>>
type Placement = 'hat' | 'outside' | 'inside'

/**
 * With M = m/(1−β₁) and V = v/(1−β₂) the moments need no scaled copies of g and g², and every factor left over is a
 * scalar: w ← w − rate·M/(√V + ε′), with ε′ within the root for `inside`. `hat` is the paper's ε̂ (Keras): ε is not
 * corrected for bias, so it is a constant.
 */
export function adamRule<O extends Hyperparameters>(
  settings: (options: O) => AdamSettings,
  placement: (options: O) => Placement,
): RuleCore<O> {
  return {
    slots(options) {
      const { beta1, beta2, amsgrad } = settings(options)
      const first: Slot = { name: 'm', initial: 0, scale: 1 - beta1 }
      const second: Slot = { name: 'v', initial: 0, scale: 1 - beta2 }
      return amsgrad ? [first, second, { ...second, name: 'vMax' }] : [first, second]
    },
    cycles: 'beta1',
    scalars(options, step): Scalars {
      const { beta1, beta2, epsilon } = settings(options)
      const [first, second] = [1 - (step.momentum ?? beta1) ** step.step, 1 - beta2 ** step.step]
      const moved = movedMoment(beta1, step)
      const rate = (step.learningRate * (1 - beta1) * Math.sqrt(second)) / (first * Math.sqrt(1 - beta2))
      switch (placement(options)) {
        case 'hat':
          return { rate, ...moved }
        case 'outside':
          return { rate, ...moved, epsilon: epsilon * Math.sqrt(second / (1 - beta2)) }
        case 'inside':
          return { rate, ...moved, epsilon: (epsilon * second) / (1 - beta2) }
      }
    },
    update({ weight, gradient, slots, scalars }, options) {
      const { beta1, beta2, amsgrad } = settings(options)
      const m = firstMoment(slots.m, gradient, beta1, scalars)
      const v = add(mul(slots.v, beta2), mul(gradient, gradient))
      const vMax = amsgrad ? maximum(slots.vMax, v) : v
      const divisor = rootWithEpsilon(vMax, scalars, settings(options), placement(options))
      const moments: UpdateOutputs['slots'] = amsgrad ? { m, v, vMax } : { m, v }
      return { weight: sub(weight, mul(div(m, divisor), scalars.rate)), slots: moments }
    },
  }
}

/** Scalars of a first moment whose β₁ a schedule moves: it is stored without the 1 − β₁ of the options. */
export function movedMoment(beta1: number, { momentum }: StepContext): Scalars {
  return momentum === undefined ? {} : { momentum, gain: (1 - momentum) / (1 - beta1) }
}

/** β₁M + g, or with the scalars of {@link movedMoment}. */
export function firstMoment(stored: Tensor, gradient: Tensor, beta1: number, scalars: UpdateInputs['scalars']): Tensor {
  return 'gain' in scalars ? add(mul(stored, scalars.momentum), mul(gradient, scalars.gain)) : add(mul(stored, beta1), gradient)
}

function rootWithEpsilon(square: Tensor, scalars: UpdateInputs['scalars'], settings: AdamSettings, placement: Placement): Tensor {
  switch (placement) {
    case 'hat':
      return add(sqrt(square), settings.epsilon / Math.sqrt(1 - settings.beta2))
    case 'outside':
      return add(sqrt(square), scalars.epsilon)
    case 'inside':
      return sqrt(add(square, scalars.epsilon))
  }
}
