import { pair, type Pair } from '@shared/catalog/layers/parts/geometry'
import type { Shape } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { transposed } from '../layout'
import { activate, chosenActivation } from './activations'
import { appendActivated } from './dense'

export function conv2dTranspose(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Shape): Placed {
  const [channels] = input.shape
  const [filters] = shape
  const kernel = pair(node.kernelSize as Pair)
  const strides = pair(node.strides as Pair)
  // Where strides are wider than the kernel, Keras's `valid` leaves empty rows and columns at the end.
  const [bottom, right] = node.padding === 'valid' ? [0, 1].map((axis) => Math.max(strides[axis] - kernel[axis], 0)) : [0, 0]
  const cut = bottom > 0 || right > 0
  const layer = {
    className: 'Conv2DTranspose',
    config: { filters, kernel_size: kernel, ...(strides.every((each) => each === 1) ? {} : { strides }), ...(node.padding === 'same' ? { padding: 'same' } : {}) },
    kernel: context.weight(node, 'kernel', 'kernel', [...kernel, filters, channels], (values) => transposed(values, [channels, filters, ...kernel], [2, 3, 1, 0])),
    argument: 'kernel',
    kernelOutputs: filters,
    shape,
  }
  if (!cut) return appendActivated(context, node, input, layer)
  const whole = appendActivated(context, { ...node, activation: { type: 'linear' } }, input, layer)
  const name = context.layer(`${node.id}_cut`, [whole.name], 'Cropping2D', { cropping: [[0, bottom], [0, right]] })
  return activate(context, node, `${node.id}_activation`, { name, shape, order: null }, chosenActivation(context, node))
}
