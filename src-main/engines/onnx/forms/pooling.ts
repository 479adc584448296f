import { sizeOf } from '@shared/graph'
import type { Shape, Tensor } from '@shared/graph'
import { flag } from '../lowerings/attrs'
import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'
import { maxima, maxPoolGradient, positionsOf } from './max-pool-gradient'
import { areDisjoint, poolWindow, spread, windowAttributes } from './pool-window'
import type { PoolWindow } from './pool-window'

const maxPoolForm: Form = {
  op: 'maxPool2d',
  emit: (emitter, node) => maxima(emitter, node.inputs[0], poolWindow(node), 'plain'),
}

const maxPoolGradientForm: Form = {
  op: 'maxPool2dGradient',
  emit(emitter, node) {
    const [x, dy] = node.inputs
    return maxPoolGradient(emitter, x, emitter.value(dy), dy.shape, poolWindow(node), 'plain')
  },
}

const maxPoolPickForm: Form = {
  op: 'maxPool2dPick',
  emit(emitter, node) {
    const [x, v] = node.inputs
    const positions = positionsOf(emitter, emitter.value(x), poolWindow(node))
    return emitter.node('Gather', [emitter.reshape(emitter.value(v), [sizeOf(v.shape)]), positions], { axis: 0 })
  },
}

export function averageAttributes(node: Tensor): Record<string, number | readonly number[]> {
  return { ...windowAttributes(poolWindow(node)), count_include_pad: Number(flag(node, 'countIncludePad')) }
}

const avgPoolForm: Form = {
  op: 'avgPool2d',
  emit: (emitter, node) => emitter.node('AveragePool', emitter.values(node.inputs), averageAttributes(node)),
}

/** dy over the windows' sizes, repeated where windows are disjoint, else spread by a transposed convolution with ones. */
const avgPoolGradientForm: Form = {
  op: 'avgPool2dGradient',
  emit(emitter, node) {
    const [dy] = node.inputs
    const window = poolWindow(node)
    if (areDisjoint(window)) return spread(emitter, evenShare(emitter, emitter.value(dy), window), dy.shape, node.shape, window, 'plain')
    const { kernel, strides, pads } = window
    const [batch, channels, ...image] = node.shape
    const [, , rows, columns] = dy.shape
    const shares = emitter.graph.constant('float32', windowShares(node, dy.shape), [rows, columns])
    const images = emitter.reshape(emitter.node('Mul', [emitter.value(dy), shares]), [batch * channels, 1, rows, columns])
    const rest = image.map((extent, axis) => extent + pads[axis] + pads[axis + 2] - kernel[axis] - (dy.shape[axis + 2] - 1) * strides[axis])
    const ones = emitter.graph.constant('float32', new Array<number>(kernel[0] * kernel[1]).fill(1), [1, 1, ...kernel])
    return emitter.reshape(emitter.node('ConvTranspose', [images, ones], { ...windowAttributes(window), output_padding: rest }), node.shape)
  },
}

/** dy divided by the area of windows that have no padding. */
export function evenShare(emitter: Emitter, dy: string, { kernel }: PoolWindow): string {
  return emitter.node('Mul', [dy, emitter.scalar('float32', 1 / (kernel[0] * kernel[1]))])
}

/** 1 / what each window's sum was divided by, [rows, columns]. */
function windowShares(node: Tensor, [, , rows, columns]: Shape): number[] {
  const { kernel, strides, pads } = poolWindow(node)
  const counted = (position: number, axis: number): number => {
    if (flag(node, 'countIncludePad')) return kernel[axis]
    const start = position * strides[axis] - pads[axis]
    return Math.min(start + kernel[axis], node.shape[axis + 2]) - Math.max(start, 0)
  }
  return Array.from({ length: rows * columns }, (_, at) => 1 / (counted(Math.floor(at / columns), 0) * counted(at % columns, 1)))
}

export const poolingForms: readonly Form[] = [maxPoolForm, maxPoolGradientForm, maxPoolPickForm, avgPoolForm, avgPoolGradientForm]
