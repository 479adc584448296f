import type { Tensor } from '@shared/graph'
import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'
import { maxima, maxPoolGradient } from './max-pool-gradient'
import { areDisjoint, poolWindow, type PoolWindow } from './pool-window'

/** Stands for −∞ around images: shaders have no literal for that. */
const LOWEST = -3.4028234663852886e38

/** For providers whose MaxPool does not tell where the maxima were: the windows are compared one element after another. */
const maxPoolGradientForm: Form = {
  op: 'maxPool2dGradient',
  emit(emitter, node) {
    const [x, dy] = node.inputs
    const window = poolWindow(node)
    if (areDisjoint(window)) return maxPoolGradient(emitter, x, emitter.value(dy), dy.shape, window, 'plain')
    return collected(emitter, firstMaxima(emitter, x, dy.shape, window, emitter.value(dy)), node, dy.shape, window)
  },
}

const maxPoolPickForm: Form = {
  op: 'maxPool2dPick',
  emit(emitter, node) {
    const [x, v] = node.inputs
    const window = poolWindow(node)
    const ones = emitter.node('Expand', [emitter.scalar('float32', 1), emitter.ints(node.shape)])
    const chosen = firstMaxima(emitter, x, node.shape, window, ones)
    const elements = windowElements(emitter, emitter.value(v), node.shape, window, 0)
    return elements.map((element, at) => emitter.node('Mul', [chosen[at], element])).reduce((sum, product) => emitter.node('Add', [sum, product]))
  },
}

/** By element of the window, row by row: the window's share where that element is its first maximum, 0 elsewhere. */
function firstMaxima(emitter: Emitter, x: Tensor, windows: readonly number[], window: PoolWindow, shares: string): string[] {
  const largest = maxima(emitter, x, window, 'plain')
  let rest = shares
  return windowElements(emitter, emitter.value(x), windows, window, LOWEST).map((element) => {
    const taken = emitter.node('Mul', [emitter.cast(emitter.node('Equal', [element, largest]), 'float32'), rest])
    rest = emitter.node('Sub', [rest, taken])
    return taken
  })
}

/** For each element of the window, what stands there in every window: tensors of the windows' shape. */
function windowElements(emitter: Emitter, images: string, [, , rows, columns]: readonly number[], { kernel, strides, pads }: PoolWindow, around: number): string[] {
  const padding = emitter.ints([0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]])
  const padded = pads.some((pad) => pad > 0) ? emitter.node('Pad', [images, padding, emitter.scalar('float32', around)]) : images
  return Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => {
    const starts = [Math.floor(tap / kernel[1]), tap % kernel[1]]
    const ends = [starts[0] + (rows - 1) * strides[0] + 1, starts[1] + (columns - 1) * strides[1] + 1]
    return emitter.node('Slice', [padded, emitter.ints(starts), emitter.ints(ends), emitter.ints([2, 3]), emitter.ints(strides)])
  })
}

/** Adds up, at each element of the images, what the windows over it give to it: a transposed convolution with one filter for each tap. */
function collected(emitter: Emitter, taps: readonly string[], node: Tensor, [batch, channels, rows, columns]: readonly number[], { kernel, strides, pads }: PoolWindow): string {
  const planes = batch * channels
  const count = taps.length
  const stacked = taps.map((tap) => emitter.reshape(tap, [planes, 1, rows, columns]))
  const joined = count === 1 ? stacked[0] : emitter.node('Concat', stacked, { axis: 1 })
  const filters = Array.from({ length: count * count }, (_, at) => (Math.floor(at / count) === at % count ? 1 : 0))
  const places = emitter.graph.constant('float32', filters, [count, 1, kernel[0], kernel[1]])
  const rest = [0, 1].map((axis) => node.shape[axis + 2] + pads[axis] + pads[axis + 2] - kernel[axis] - ((axis === 0 ? rows : columns) - 1) * strides[axis])
  return emitter.reshape(emitter.node('ConvTranspose', [joined, places], { kernel_shape: kernel, strides, pads, output_padding: rest }), node.shape)
}

export const devicePoolingForms: readonly Form[] = [maxPoolGradientForm, maxPoolPickForm]
