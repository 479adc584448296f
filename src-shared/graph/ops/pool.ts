/** What the pools and their gradients share. */
import { expectDType, sameShape } from '../define'
import type { Shape, TensorType, Values } from '../types'
import { ShapeError } from '../types'
import { checkWindow, expectImages, positions } from './window'
import type { WindowAttrs } from './window'

export type PoolAttrs = WindowAttrs & {
  /** [height, width] */
  readonly kernel: readonly number[]
}

export type AvgPoolAttrs = PoolAttrs & {
  /** Divide by the kernel's area everywhere, instead of by the number of elements that are not padding. */
  readonly countIncludePad: boolean
}

/** Shape of a pool's output. Pads are smaller than the kernel, so that every window holds an element. */
export function poolOutputShape(op: string, x: Shape, attrs: PoolAttrs): Shape {
  const { kernel, strides, pads } = attrs
  expectImages(op, x)
  checkWindow(op, kernel, attrs)
  if (pads.some((pad, side) => pad >= kernel[side % 2])) throw new ShapeError(`${op}: pads [${pads.join(', ')}] of kernel [${kernel.join(', ')}]`)
  return [x[0], x[1], ...[0, 1].map((axis) => positions(op, x[axis + 2], kernel[axis], strides[axis], pads[axis], pads[axis + 2]))]
}

/** Checks that `dy` is float32 of the pool's output shape over `x`. */
export function expectPoolOutput(op: string, dy: TensorType, x: Shape, attrs: PoolAttrs): void {
  expectDType(op, dy.dtype, 'float32')
  const expected = poolOutputShape(op, x, attrs)
  if (!sameShape(dy.shape, expected)) throw new ShapeError(`${op}: needs dy [${expected.join(', ')}], got [${dy.shape.join(', ')}]`)
}

/** Visits every window with the row-major positions of its elements in `x`, in row-major order, padding left out. */
export function forEachPoolWindow(x: Shape, attrs: PoolAttrs, visit: (elements: readonly number[], yAt: number) => void): void {
  const { kernel, strides, pads } = attrs
  const [batch, channels, rows, columns] = poolOutputShape('pool', x, attrs)
  const [, , height, width] = x
  let yAt = 0
  for (let image = 0; image < batch * channels; image++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const elements: number[] = []
        for (const h of inside(row * strides[0] - pads[0], kernel[0], height)) {
          for (const v of inside(column * strides[1] - pads[1], kernel[1], width)) elements.push((image * height + h) * width + v)
        }
        visit(elements, yAt++)
      }
    }
  }
}

/** The indices start … start + length − 1 that lie within 0 … extent − 1. */
function inside(start: number, length: number, extent: number): number[] {
  return Array.from({ length }, (_, offset) => start + offset).filter((index) => index >= 0 && index < extent)
}

/** Visits every window with the position of its first maximum in row-major order. */
export function forEachPoolMaximum(x: Values, attrs: PoolAttrs, visit: (xAt: number, yAt: number) => void): void {
  forEachPoolWindow(x.shape, attrs, (elements, yAt) => {
    visit(elements.reduce((best, at) => (x.data[at] > x.data[best] ? at : best)), yAt)
  })
}

/** What the sum of a window is divided by to give its mean. */
export function avgPoolDivisor(elements: readonly number[], { kernel, countIncludePad }: AvgPoolAttrs): number {
  return countIncludePad ? kernel[0] * kernel[1] : elements.length
}
