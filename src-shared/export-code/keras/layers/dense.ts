import type { KerasContext, Node, Placed } from '../context'
import type { KerasConfig, KerasWeight } from '../model'
import { activate, activationName, chosenActivation } from './activations'

/** Defined by the script: Keras has no DropConnect. */
export const DROP_CONNECT = 'DropConnectDense'

/** A layer with kernel, bias and activation: appended as one, or with the activation after it where it has no name. */
export function appendActivated(
  context: KerasContext,
  node: Node,
  input: Placed,
  layer: { readonly className: string; readonly config: KerasConfig; readonly kernel: KerasWeight; readonly argument: string; readonly shape: readonly number[]; readonly kernelOutputs: number },
): Placed {
  const chosen = chosenActivation(context, node)
  const named = activationName(context, chosen)
  const useBias = node.useBias === true
  const config = { ...layer.config, ...(named === null || named === '' ? {} : { activation: named }), ...(useBias ? {} : { use_bias: false }) }
  const weights = [layer.kernel, ...(useBias ? [context.weight(node, 'bias', 'bias', [layer.kernelOutputs])] : [])]
  const training = { ...context.trainingOf(node, 'kernel', layer.argument), ...(useBias ? context.trainingOf(node, 'bias', 'bias') : {}) }
  const name = context.layer(node.id, [input.name], layer.className, config, { weights, training })
  const output: Placed = { name, shape: layer.shape, order: null }
  return named === null ? activate(context, node, `${node.id}_activation`, output, chosen) : output
}

export function dense(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const units = Number(node.units)
  // Predictions know no dropped weights, and TensorFlow.js only predicts.
  const dropConnect = context.target === 'keras' ? Number(node.dropConnect ?? 0) : 0
  if (dropConnect > 0) context.helpers.add(DROP_CONNECT)
  const inputs = input.shape[input.shape.length - 1]
  const { order } = input
  return appendActivated(context, node, input, {
    className: dropConnect > 0 ? DROP_CONNECT : 'Dense',
    config: { units, ...(dropConnect > 0 ? { rate: dropConnect } : {}) },
    argument: 'kernel',
    shape: [...input.shape.slice(0, -1), units],
    kernelOutputs: units,
    kernel: context.weight(node, 'kernel', 'kernel', [inputs, units], order === null ? undefined : (values) => reordered(values, order, units)),
  })
}

/** Rows of a kernel in the order in which the input's elements come. */
function reordered(values: Float32Array, order: Int32Array, units: number): Float32Array {
  const rows = new Float32Array(values.length)
  order.forEach((from, to) => rows.set(values.subarray(from * units, (from + 1) * units), to * units))
  return rows
}
