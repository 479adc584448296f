import type { Choice } from '@shared/catalog/choice'
import { refuse } from '@shared/spec/issue'
import type { KerasContext, Node, Placed } from '../context'
import { channelsLast } from '../layout'
import { scaled } from '../tfjs/elements'

/** Activations that a layer's `activation` argument names; `softmax` along the last axis. */
const NAMED: Readonly<Record<string, { readonly keras: string; readonly tfjs: string }>> = {
  relu: { keras: 'relu', tfjs: 'relu' },
  selu: { keras: 'selu', tfjs: 'selu' },
  silu: { keras: 'silu', tfjs: 'swish' },
  softplus: { keras: 'softplus', tfjs: 'softplus' },
  sigmoid: { keras: 'sigmoid', tfjs: 'sigmoid' },
  tanh: { keras: 'tanh', tfjs: 'tanh' },
  softmax: { keras: 'softmax', tfjs: 'softmax' },
}

/** The name that a layer's argument takes, or null where the activation needs a layer of its own. `linear` is ''. */
export function activationName(context: KerasContext, chosen: Choice): string | null {
  if (chosen.type === 'linear') return ''
  if (chosen.type === 'gelu') return chosen.approximate === 'tanh' ? null : 'gelu'
  return NAMED[chosen.type]?.[context.target] ?? null
}

/** Appends the activation as a layer. */
export function activate(context: KerasContext, node: Node, wish: string, input: Placed, chosen: Choice): Placed {
  const name = activationName(context, chosen)
  if (name === '') return input
  if (name !== null) return { ...input, name: context.layer(wish, [input.name], 'Activation', { activation: name }) }
  switch (chosen.type) {
    case 'leakyRelu': {
      const slope = Number(chosen.negativeSlope)
      return { ...input, name: context.layer(wish, [input.name], 'LeakyReLU', context.target === 'tfjs' ? { alpha: slope } : { negative_slope: slope }) }
    }
    case 'elu':
      if (context.target === 'tfjs' && chosen.alpha !== 1) return { ...input, name: eluOfOne(context, wish, input, Number(chosen.alpha)) }
      return { ...input, name: context.layer(wish, [input.name], 'ELU', { alpha: Number(chosen.alpha) }) }
    case 'gelu':
      if (context.target === 'tfjs') return { ...input, name: geluByTanh(context, wish, input) }
      return { ...input, name: context.expression(wish, input.name, 'ops.gelu({}, approximate=True)') }
    default:
      return unsupported(context, node, chosen.type)
  }
}

/** With tanh(a) = 2σ(2a) − 1: x σ(2a) of a = √(2 / π) (x + 0.044715 x³). TensorFlow.js registers its own under a name that its loader changes. */
function geluByTanh(context: KerasContext, wish: string, { name, shape }: Placed): string {
  const extent = channelsLast(shape).at(-1) ?? 1
  const factor = 2 * Math.sqrt(2 / Math.PI)
  const times = (part: string, other: string): string => context.layer(`${wish}_${part}`, [name, other], 'Multiply', {})
  const slope = scaled(context, `${wish}_slope`, times('square', name), extent, [context.constant('gamma', [extent], factor * 0.044715), context.constant('beta', [extent], factor)])
  const gate = context.layer(`${wish}_gate`, [times('cube', slope)], 'Activation', { activation: 'sigmoid' })
  return context.layer(wish, [name, gate], 'Multiply', {})
}

/** TensorFlow.js knows 1 alone: α elu₁(x) + (1 − α) relu(x). */
function eluOfOne(context: KerasContext, wish: string, { name, shape }: Placed, alpha: number): string {
  const extent = channelsLast(shape).at(-1) ?? 1
  const part = (activation: 'elu' | 'relu', factor: number): string =>
    scaled(context, `${wish}_${activation}`, context.layer(`${wish}_${activation}`, [name], 'Activation', { activation }), extent, [context.constant('gamma', [extent], factor)])
  return context.layer(wish, [part('elu', alpha), part('relu', 1 - alpha)], 'Add', {})
}

function unsupported({ target }: KerasContext, { id }: Node, activation: string): never {
  return refuse('export-activation-unsupported', [], { node: id, activation, format: target })
}

/** What a layer with an `activation` option applies: nothing where the loss does it. */
export function chosenActivation(context: KerasContext, node: Node): Choice {
  const chosen = node.activation as Choice | undefined
  return chosen === undefined || context.logitsOf === node.id ? { type: 'linear' } : chosen
}
