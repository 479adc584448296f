import { sizeOf } from '@shared/graph'
import type { Shape, Tensor } from '@shared/graph'
import { flag, integers } from '../lowerings/attrs'
import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'

function poolAttributes(node: Tensor): Record<string, readonly number[]> {
  return { kernel_shape: integers(node, 'kernel'), strides: integers(node, 'strides'), pads: integers(node, 'pads') }
}

const maxPoolForm: Form = {
  op: 'maxPool2d',
  emit: (emitter, node) => emitter.node('MaxPool', emitter.values(node.inputs), poolAttributes(node)),
}

/**
 * The maxima of a pool over `x` and where they are: positions in all of x, row-major, of the first maximum of each
 * window. Shared by the pool and its gradient.
 */
export function maximaOf(emitter: Emitter, x: Tensor, pool: Tensor): { readonly values: string; readonly positions: string } {
  const attributes = poolAttributes(pool)
  const key = `maxima of ${x.id} ${JSON.stringify(attributes)}`
  const [values, positions] = emitter.once(key, () => emitter.nodes('MaxPool', [emitter.value(x)], attributes, 2))
  return { values, positions }
}

/** Windows that do not overlap send every dy to a place of its own; others add up, in order. */
const maxPoolGradientForm: Form = {
  op: 'maxPool2dGradient',
  emit(emitter, node) {
    const [x, dy] = node.inputs
    const { positions } = maximaOf(emitter, x, node)
    const kernel = integers(node, 'kernel')
    if (integers(node, 'strides').every((stride, axis) => stride >= kernel[axis])) {
      return emitter.node('MaxUnpool', [emitter.value(dy), positions, emitter.ints(node.shape)], poolAttributes(node))
    }
    const zeros = emitter.node('Expand', [emitter.scalar('float32', 0), emitter.ints([sizeOf(node.shape)])])
    const flat = (value: string): string => emitter.reshape(value, [sizeOf(dy.shape)])
    const sums = emitter.node('ScatterElements', [zeros, flat(positions), flat(emitter.value(dy))], { axis: 0, reduction: 'add' })
    return emitter.reshape(sums, node.shape)
  },
}

const maxPoolPickForm: Form = {
  op: 'maxPool2dPick',
  emit(emitter, node) {
    const [x, v] = node.inputs
    const { positions } = maximaOf(emitter, x, node)
    return emitter.node('Gather', [emitter.reshape(emitter.value(v), [sizeOf(v.shape)]), positions], { axis: 0 })
  },
}

const avgPoolForm: Form = {
  op: 'avgPool2d',
  emit(emitter, node) {
    const attributes = { ...poolAttributes(node), count_include_pad: Number(flag(node, 'countIncludePad')) }
    return emitter.node('AveragePool', emitter.values(node.inputs), attributes)
  },
}

/** dy over the windows' sizes, spread by a transposed convolution with ones, image by image. */
const avgPoolGradientForm: Form = {
  op: 'avgPool2dGradient',
  emit(emitter, node) {
    const [dy] = node.inputs
    const [batch, channels, height, width] = node.shape
    const [rows, columns] = dy.shape.slice(2)
    const kernel = integers(node, 'kernel')
    const shares = emitter.graph.constant('float32', windowShares(node, dy.shape), [rows, columns])
    const images = emitter.reshape(emitter.node('Mul', [emitter.value(dy), shares]), [batch * channels, 1, rows, columns])
    const strides = integers(node, 'strides')
    const pads = integers(node, 'pads')
    const unreached = [height, width].map((extent, axis) => extent + pads[axis] + pads[axis + 2] - kernel[axis] - (dy.shape[axis + 2] - 1) * strides[axis])
    const ones = emitter.graph.constant('float32', new Array<number>(kernel[0] * kernel[1]).fill(1), [1, 1, ...kernel])
    return emitter.reshape(emitter.node('ConvTranspose', [images, ones], { ...poolAttributes(node), output_padding: unreached }), node.shape)
  },
}

/** 1 / what each window's sum was divided by, [rows, columns]. */
function windowShares(node: Tensor, [, , rows, columns]: Shape): number[] {
  const kernel = integers(node, 'kernel')
  const strides = integers(node, 'strides')
  const pads = integers(node, 'pads')
  const counted = (position: number, axis: number): number => {
    if (flag(node, 'countIncludePad')) return kernel[axis]
    const start = position * strides[axis] - pads[axis]
    return Math.min(start + kernel[axis], node.shape[axis + 2]) - Math.max(start, 0)
  }
  return Array.from({ length: rows * columns }, (_, at) => 1 / (counted(Math.floor(at / columns), 0) * counted(at % columns, 1)))
}

export const poolingForms: readonly Form[] = [maxPoolForm, maxPoolGradientForm, maxPoolPickForm, avgPoolForm, avgPoolGradientForm]
