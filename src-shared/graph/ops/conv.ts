/** What conv2d and its two gradients share: geometry and the trilinear form that all three are derivatives of. */
import { expectDType, sameShape } from '../define'
import type { Shape, TensorType } from '../types'
import { ShapeError } from '../types'
import { checkWindow, expectImages, positions } from './window'
import type { WindowAttrs } from './window'

export type ConvOptions = WindowAttrs & {
  /** [height, width] */
  readonly dilations: readonly number[]
  /** Channels and filters are split into so many independent groups; channels of the input for depthwise. */
  readonly groups: number
}

/** Shape of conv2d's output; throws where the operands do not fit. */
export function convOutputShape(op: string, x: Shape, w: Shape, options: ConvOptions): Shape {
  const { strides, pads, dilations, groups } = options
  expectImages(op, x)
  if (w.length !== 4) throw new ShapeError(`${op}: needs filters [out, in / groups, height, width], got [${w.join(', ')}]`)
  checkWindow(op, w.slice(2), options)
  if (dilations.length !== 2 || !dilations.every((step) => Number.isInteger(step) && step > 0)) throw new ShapeError(`${op}: dilations [${dilations.join(', ')}]`)
  if (!Number.isInteger(groups) || groups < 1 || w[0] % groups !== 0 || x[1] !== w[1] * groups) {
    throw new ShapeError(`${op}: ${groups} groups of [${w.join(', ')}] over [${x.join(', ')}]`)
  }
  const window = (axis: number): number => (w[axis + 2] - 1) * dilations[axis] + 1
  return [x[0], w[0], ...[0, 1].map((axis) => positions(op, x[axis + 2], window(axis), strides[axis], pads[axis], pads[axis + 2]))]
}

/** Checks that `dy` has the shape of conv2d's output for these operands. */
export function expectConvOutput(op: string, dy: TensorType, x: Shape, w: Shape, options: ConvOptions): void {
  const expected = convOutputShape(op, x, w, options)
  if (!sameShape(dy.shape, expected)) throw new ShapeError(`${op}: needs dy [${expected.join(', ')}], got [${dy.shape.join(', ')}]`)
}

export function expectFloats(op: string, tensors: readonly TensorType[]): void {
  for (const tensor of tensors) expectDType(op, tensor.dtype, 'float32')
}

/** Visits every product x[xAt] · w[wAt] that conv2d adds to y[yAt]; positions are row-major, padding is left out. */
export function forEachConvProduct(x: Shape, w: Shape, options: ConvOptions, visit: (xAt: number, wAt: number, yAt: number) => void): void {
  const { strides, pads, dilations, groups } = options
  const [batch, filters, rows, columns] = convOutputShape('conv2d', x, w, options)
  const [, channels, height, width] = x
  const [, depth, kernelHeight, kernelWidth] = w
  for (let yAt = 0; yAt < batch * filters * rows * columns; yAt++) {
    const column = yAt % columns
    const row = Math.floor(yAt / columns) % rows
    const filter = Math.floor(yAt / (columns * rows)) % filters
    const sample = Math.floor(yAt / (columns * rows * filters))
    const firstChannel = Math.floor(filter / (filters / groups)) * depth
    for (let wRest = 0; wRest < depth * kernelHeight * kernelWidth; wRest++) {
      const kernelColumn = wRest % kernelWidth
      const kernelRow = Math.floor(wRest / kernelWidth) % kernelHeight
      const channel = firstChannel + Math.floor(wRest / (kernelWidth * kernelHeight))
      const h = row * strides[0] - pads[0] + kernelRow * dilations[0]
      const v = column * strides[1] - pads[1] + kernelColumn * dilations[1]
      if (h < 0 || h >= height || v < 0 || v >= width) continue
      visit(((sample * channels + channel) * height + h) * width + v, filter * depth * kernelHeight * kernelWidth + wRest, yAt)
    }
  }
}
