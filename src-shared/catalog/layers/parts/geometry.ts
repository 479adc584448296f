import { z } from 'zod'
import type { Shape } from '@shared/graph'
import type { ShapeProblem } from '../layer'
import { problem } from './problems'

const positive = z.int().min(1)
const nonNegative = z.int().min(0)

/** One number for both directions, or `[height, width]`. */
export const pairSchema = z.union([positive, z.tuple([positive, positive])])

const explicitPaddings = [nonNegative, z.tuple([nonNegative, nonNegative]), z.tuple([nonNegative, nonNegative, nonNegative, nonNegative])] as const

/** One number, `[vertical, horizontal]`, or `[top, left, bottom, right]`. */
export const explicitPaddingSchema = z.union(explicitPaddings)

export const paddingSchema = z.union([z.enum(['valid', 'same']), ...explicitPaddings])

export type Pair = z.output<typeof pairSchema>
export type Padding = z.output<typeof paddingSchema>

/** A sliding window over `[…, height, width]`, both directions resolved. */
export interface Window {
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number]
  /** Output height and width; less than 1 where the window does not fit. */
  readonly output: readonly [number, number]
}

export function pair(value: Pair): readonly [number, number] {
  return typeof value === 'number' ? [value, value] : value
}

/** Resolves a window for images of `shape` `[channels, height, width]`. */
export function windowOf(shape: Shape, options: { readonly kernel: Pair; readonly strides: Pair; readonly dilations?: Pair; readonly padding: Padding }): Window {
  const kernel = pair(options.kernel)
  const strides = pair(options.strides)
  const dilations = pair(options.dilations ?? 1)
  const sides = [0, 1].map((axis) => {
    const extent = shape[axis + 1]
    const span = (kernel[axis] - 1) * dilations[axis] + 1
    const [before, after] = padsOf(options.padding, axis, extent, span, strides[axis])
    return { before, after, output: Math.floor((extent + before + after - span) / strides[axis]) + 1 }
  })
  const [height, width] = sides
  return {
    kernel,
    strides,
    dilations,
    pads: [height.before, width.before, height.after, width.after],
    output: [height.output, width.output],
  }
}

/** `same` as in Keras and TensorFlow: output = ⌈extent / stride⌉, an odd pad's extra row or column after the end. */
function padsOf(padding: Padding, axis: number, extent: number, span: number, stride: number): readonly [number, number] {
  if (padding === 'valid') return [0, 0]
  if (padding === 'same') {
    const total = Math.max((Math.ceil(extent / stride) - 1) * stride + span - extent, 0)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  }
  if (typeof padding === 'number') return [padding, padding]
  return padding.length === 2 ? [padding[axis], padding[axis]] : [padding[axis], padding[axis + 2]]
}

/** Null when the window fits at least once in both directions. */
export function windowProblem(shape: Shape, window: Window, option: string): { readonly problem: ShapeProblem } | null {
  for (const [axis, dimension] of (['height', 'width'] as const).entries()) {
    if (window.output[axis] >= 1) continue
    const span = (window.kernel[axis] - 1) * window.dilations[axis] + 1
    const padded = shape[axis + 1] + window.pads[axis] + window.pads[axis + 2]
    return problem('layer-window-too-large', { dimension, window: span, extent: padded }, option)
  }
  return null
}

/** Null when no pooling window can lie wholly in the padding. */
export function poolPaddingProblem(window: Window): { readonly problem: ShapeProblem } | null {
  for (const [axis, dimension] of (['height', 'width'] as const).entries()) {
    const pad = Math.max(window.pads[axis], window.pads[axis + 2])
    if (pad >= window.kernel[axis]) return problem('layer-pool-padding', { dimension, pad, window: window.kernel[axis] }, 'padding')
  }
  return null
}
