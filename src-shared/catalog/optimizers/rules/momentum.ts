import { add, mul, sub, type Operand } from '@shared/graph'
import type { Hyperparameters, OptionProblem, RuleCore, StepContext, UpdateInputs, UpdateOutputs } from '../optimizer'

/** Gradient descent with and without momentum; `sgd`, `momentum` and `nesterov` differ in what they let one choose. */

export interface MomentumSettings {
  /** 0 keeps no slot. */
  readonly momentum: number
  readonly nesterov: boolean
}

export interface DampedSettings extends MomentumSettings {
  readonly dampening: number
}

export interface TextbookSettings {
  readonly momentum: number
  readonly form: 'average' | 'subtract' | 'add'
}

const NO_SLOTS: UpdateOutputs['slots'] = {}

type Scalars = Readonly<Record<string, number>>

/** The scalar that stands for momentum where a schedule moves it. */
function cycled({ momentum }: StepContext): Scalars {
  return momentum === undefined ? {} : { momentum }
}

/** Momentum of this update. */
function share(scalars: UpdateInputs['scalars'], momentum: number): Operand {
  return 'momentum' in scalars ? scalars.momentum : momentum
}

function plainStep({ weight, gradient, scalars }: UpdateInputs): UpdateOutputs {
  return { weight: sub(weight, mul(scalars.rate, gradient)), slots: NO_SLOTS }
}

/** m ← μm − ηg; w ← w + m, or w + μm − ηg. 4 passes, Nesterov 6. */
export function kerasMomentum<O extends Hyperparameters>(settings: (options: O) => MomentumSettings): RuleCore<O> {
  return {
    slots: (options) => (settings(options).momentum === 0 ? [] : [{ name: 'momentum', initial: 0, scale: 1 }]),
    cycles: 'momentum',
    scalars: (_options, step): Scalars => ({ rate: step.learningRate, ...cycled(step) }),
    update(inputs, options) {
      const { momentum, nesterov } = settings(options)
      if (momentum === 0) return plainStep(inputs)
      const { weight, gradient, slots, scalars } = inputs
      const change = mul(scalars.rate, gradient)
      const kept = share(scalars, momentum)
      const moved = sub(mul(slots.momentum, kept), change)
      const step = nesterov ? sub(mul(moved, kept), change) : moved
      return { weight: add(weight, step), slots: { momentum: moved } }
    },
  }
}

/** b ← μb + (1−τ)g, at first b = g; w ← w − ηb, or w − η(g + μb). 4 passes, Nesterov 6, dampening 1 more. */
export function pytorchMomentum<O extends Hyperparameters>(settings: (options: O) => DampedSettings): RuleCore<O> {
  return {
    slots: (options) => (settings(options).momentum === 0 ? [] : [{ name: 'momentum', initial: 0, scale: 1 }]),
    cycles: 'momentum',
    scalars(options, context): Scalars {
      const { step, learningRate } = context
      const { momentum, dampening } = settings(options)
      if (momentum === 0 || dampening === 0) return { rate: learningRate, ...cycled(context) }
      return { rate: learningRate, ...cycled(context), gain: step === 1 ? 1 : 1 - dampening }
    },
    update(inputs, options) {
      const { momentum, nesterov, dampening } = settings(options)
      if (momentum === 0) return plainStep(inputs)
      const { weight, gradient, slots, scalars } = inputs
      const entering = dampening === 0 ? gradient : mul(scalars.gain, gradient)
      const kept = share(scalars, momentum)
      const buffer = add(mul(slots.momentum, kept), entering)
      const direction = nesterov ? add(gradient, mul(buffer, kept)) : buffer
      return { weight: sub(weight, mul(scalars.rate, direction)), slots: { momentum: buffer } }
    },
  }
}

/** The forms of teaching articles. 4 passes each: `average` is stored without its (1−μ), which joins the rate. */
export function textbookMomentum<O extends Hyperparameters>(settings: (options: O) => TextbookSettings): RuleCore<O> {
  return {
    slots(options) {
      const { momentum, form } = settings(options)
      if (momentum === 0) return []
      return [{ name: 'momentum', initial: 0, scale: form === 'average' ? 1 - momentum : 1 }]
    },
    cycles: 'momentum',
    scalars(options, context): Scalars {
      const { learningRate } = context
      const { momentum, form } = settings(options)
      if (form !== 'average') return { rate: learningRate, ...cycled(context) }
      const gain: Scalars = context.momentum === undefined ? {} : { gain: (1 - context.momentum) / (1 - momentum) }
      return { rate: learningRate * (1 - momentum), ...cycled(context), ...gain }
    },
    update(inputs, options) {
      const { momentum, form } = settings(options)
      if (momentum === 0) return plainStep(inputs)
      const { weight, gradient, slots, scalars } = inputs
      const kept = mul(slots.momentum, share(scalars, momentum))
      switch (form) {
        case 'average': {
          const sum = add(kept, 'gain' in scalars ? mul(scalars.gain, gradient) : gradient)
          return { weight: sub(weight, mul(scalars.rate, sum)), slots: { momentum: sum } }
        }
        case 'subtract': {
          const velocity = add(kept, mul(scalars.rate, gradient))
          return { weight: sub(weight, velocity), slots: { momentum: velocity } }
        }
        case 'add': {
          const velocity = sub(kept, mul(scalars.rate, gradient))
          return { weight: add(weight, velocity), slots: { momentum: velocity } }
        }
      }
    },
  }
}

/** Nesterov's correction of no momentum is none: refused rather than ignored. */
export function nesterovProblem({ momentum, nesterov }: MomentumSettings, dampening = 0): OptionProblem | null {
  if (!nesterov) return null
  if (momentum === 0) return { code: 'optimizer-nesterov-without-momentum', option: 'nesterov', args: {} }
  if (dampening !== 0) return { code: 'optimizer-nesterov-with-dampening', option: 'dampening', args: { dampening } }
  return null
}
