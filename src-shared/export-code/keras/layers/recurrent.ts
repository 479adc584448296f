import type { Shape } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import type { KerasConfig, KerasWeight } from '../model'
import { turned } from '../tfjs/elements'
import { resetAfter } from '../tfjs/reset-after'

/** How a recurrent layer is said in Keras. `order`: where each of Keras's gates stands among ours. */
interface Recurrent {
  readonly className: string
  readonly order: readonly number[]
  readonly config: KerasConfig
  /** Whether the recurrent product has a bias of its own. */
  readonly twoBiases: boolean
}

function recurrentOf(context: KerasContext, node: Node): Recurrent {
  // TensorFlow.js starts from Keras 2's defaults.
  const sigmoid: KerasConfig = context.target === 'tfjs' ? { recurrent_activation: 'sigmoid' } : {}
  const useBias = node.useBias === true
  switch (node.type) {
    case 'lstm':
      return { className: 'LSTM', order: [0, 1, 3, 2], config: { ...sigmoid, ...(node.unitForgetBias === true || !useBias ? {} : { unit_forget_bias: false }) }, twoBiases: false }
    case 'gru': {
      const after = node.resetAfter === true
      return { className: 'GRU', order: [0, 1, 2], config: { ...sigmoid, reset_after: after }, twoBiases: after && useBias }
    }
    default:
      return { className: 'SimpleRNN', order: [0], config: node.activation === 'relu' ? { activation: 'relu' } : {}, twoBiases: false }
  }
}

/** Blocks of the last axis in another order. */
export function reorderedGates(values: Float32Array, units: number, order: readonly number[]): Float32Array {
  const width = units * order.length
  const result = new Float32Array(values.length)
  for (let row = 0; row < values.length; row += width) {
    order.forEach((from, to) => result.set(values.subarray(row + from * units, row + (from + 1) * units), row + to * units))
  }
  return result
}

function direction(context: KerasContext, node: Node, input: Placed, backward: boolean, wish: string): string {
  const { className, order, config, twoBiases } = recurrentOf(context, node)
  const units = Number(node.units)
  const width = order.length * units
  const named = (name: string): string => (backward ? `backward${name[0].toUpperCase()}${name.slice(1)}` : name)
  if (context.target === 'tfjs' && node.resetAfter === true) return resetAfter(context, node, input, { backward, wish, named })
  const weight = (own: string, name: string, shape: Shape): KerasWeight => context.weight(node, named(own), name, shape, (values) => reorderedGates(values, units, order))
  const useBias = node.useBias === true
  const bias = weight('bias', 'bias', twoBiases ? [2, width] : [width])
  const weights = [
    weight('kernel', 'kernel', [input.shape[1], width]),
    weight('recurrentKernel', 'recurrent_kernel', [units, width]),
    ...(useBias ? [twoBiases ? { ...bias, also: [`${node.id}.${named('recurrentBias')}`] } : bias] : []),
  ]
  const training = {
    ...context.trainingOf(node, named('kernel'), 'kernel'),
    ...context.trainingOf(node, named('recurrentKernel'), 'recurrent'),
    ...(useBias ? context.trainingOf(node, named('bias'), 'bias') : {}),
  }
  const options = { units, ...config, ...(node.returnSequences === true ? { return_sequences: true } : {}), ...(backward ? { go_backwards: true } : {}), ...(useBias ? {} : { use_bias: false }) }
  return context.layer(wish, [input.name], className, options, { weights, training })
}

function lastFirst(context: KerasContext, wish: string, input: string, steps: number): string {
  return context.target === 'tfjs' ? turned(context, wish, input, steps) : context.expression(wish, input, 'ops.flip({}, axis=1)')
}

export function recurrent(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Shape): Placed {
  const both = node.bidirectional === true
  const sequences = node.returnSequences === true
  if (!both) return { name: direction(context, node, input, false, node.id), shape, order: null }
  const forward = direction(context, node, input, false, `${node.id}_forward`)
  const reversed = direction(context, node, input, true, `${node.id}_backward`)
  const backward = sequences ? lastFirst(context, `${node.id}_turned`, reversed, input.shape[0]) : reversed
  return { name: context.layer(node.id, [forward, backward], 'Concatenate', {}), shape, order: null }
}
