/** Geometry that convolutions and pools share. Axes are [batch, channels, height, width]. */
import type { Shape } from '../types'
import { ShapeError } from '../types'

export type WindowAttrs = {
  /** [height, width] */
  readonly strides: readonly number[]
  /** [top, left, bottom, right] */
  readonly pads: readonly number[]
}

export function checkWindow(op: string, kernel: readonly number[], { strides, pads }: WindowAttrs): void {
  const positive = (extents: readonly number[]): boolean => extents.length === 2 && extents.every((extent) => Number.isInteger(extent) && extent > 0)
  if (!positive(kernel) || !positive(strides)) throw new ShapeError(`${op}: kernel [${kernel.join(', ')}], strides [${strides.join(', ')}]`)
  if (pads.length !== 4 || !pads.every((pad) => Number.isInteger(pad) && pad >= 0)) throw new ShapeError(`${op}: pads [${pads.join(', ')}]`)
}

/** Number of positions of a window, `extent` and `window` in elements: ⌊(extent + pads − window) / stride⌋ + 1. */
export function positions(op: string, extent: number, window: number, stride: number, before: number, after: number): number {
  const count = Math.floor((extent + before + after - window) / stride) + 1
  if (count < 1) throw new ShapeError(`${op}: a window of ${window} does not fit ${extent} padded by ${before} and ${after}`)
  return count
}

export function expectImages(op: string, shape: Shape): void {
  if (shape.length !== 4) throw new ShapeError(`${op}: needs [batch, channels, height, width], got [${shape.join(', ')}]`)
}
