import { sizeOf } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { channelsLast } from '../layout'
import type { KerasWeight } from '../model'
import { negative } from './elements'

/**
 * Division by the root mean square as a layer normalization of x beside −x: their mean is 0, and their variance the mean
 * square. `axes` are TensorFlow.js's axes of what is normalized together, `gamma` a factor for each of its elements.
 */
export function rootMeanSquare(context: KerasContext, node: Node, input: Placed, axes: readonly number[], gamma: KerasWeight | null): string {
  const named = (name: string): string => `${node.id}_${name}`
  const shape = channelsLast(input.shape)
  const axis = axes.length === shape.length ? null : (axes[0] + shape.length + 1) % (shape.length + 1)
  const order = [...shape.keys()].map((at) => at + 1).sort((one, other) => Number(one === axis) - Number(other === axis))
  const moves = order.some((from, at) => from !== at + 1)
  const elements = axis === null ? sizeOf(shape) : shape[axis - 1]
  const rows = sizeOf(shape) / elements

  const source = moves ? context.layer(named('order'), [input.name], 'Permute', { dims: order }) : input.name
  const one = context.layer(named('rows'), [source], 'Reshape', { target_shape: [rows, 1, elements] })
  const both = context.layer(named('both'), [one, negative(context, named('negative'), one, elements)], 'Concatenate', { axis: 2 })
  const weights = gamma === null ? [] : [{ ...gamma, shape: [2, elements], convert: (values: Float32Array) => twice(gamma.convert(values)) }]
  const normalized = context.layer(node.id, [both], 'LayerNormalization', { axis: [2, 3], epsilon: Number(node.epsilon), center: false, ...(gamma === null ? { scale: false } : {}) }, { weights })
  const first = context.layer(named('half'), [normalized], 'Cropping2D', { cropping: [[0, 0], [0, 1]] })
  const back = context.layer(named('shape'), [first], 'Reshape', { target_shape: order.map((from) => shape[from - 1]) })
  return moves ? context.layer(named('back'), [back], 'Permute', { dims: order.map((_, at) => order.indexOf(at + 1) + 1) }) : back
}

function twice(values: Float32Array): Float32Array {
  const result = new Float32Array(2 * values.length)
  result.set(values)
  result.set(values, values.length)
  return result
}
