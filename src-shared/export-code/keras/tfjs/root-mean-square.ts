import { sizeOf } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { channelsLast, fromStart } from '../layout'
import type { KerasWeight } from '../model'
import { negative } from './elements'

/**
 * Division by the root mean square as a layer normalization of x beside −x: their mean is 0, and their variance the mean
 * square. `axes` are TensorFlow.js's axes of what is normalized together, `gamma` a factor for each of its elements.
 */
export function rootMeanSquare(context: KerasContext, node: Node, input: Placed, axes: readonly number[], gamma: KerasWeight | null): string {
  const named = (name: string): string => `${node.id}_${name}`
  const shape = channelsLast(input.shape)
  const whole = axes.length === shape.length
  const axis = whole ? shape.length : fromStart(axes[0], shape.length)
  const elements = whole ? sizeOf(shape) : shape[axis - 1]
  const rows = sizeOf(shape) / elements
  const moved = [...shape.filter((_, at) => at !== axis - 1), shape[axis - 1]]
  return context.alongLast(node, input.name, shape.length, axis, (source) => {
    const one = context.layer(named('rows'), [source], 'Reshape', { target_shape: [rows, 1, elements] })
    const both = context.layer(named('both'), [one, negative(context, named('negative'), one, elements)], 'Concatenate', { axis: 2 })
    const weights = gamma === null ? [] : [{ ...gamma, shape: [2, elements], convert: (values: Float32Array) => twice(gamma.convert(values)) }]
    const normalized = context.layer(node.id, [both], 'LayerNormalization', { axis: [2, 3], epsilon: Number(node.epsilon), center: false, ...(gamma === null ? { scale: false } : {}) }, { weights })
    const first = context.layer(named('half'), [normalized], 'Cropping2D', { cropping: [[0, 0], [0, 1]] })
    return context.layer(named('shape'), [first], 'Reshape', { target_shape: moved })
  })
}

function twice(values: Float32Array): Float32Array {
  const result = new Float32Array(2 * values.length)
  result.set(values)
  result.set(values, values.length)
  return result
}
