import type { Padding, Pair, Window } from '@shared/catalog/layers/parts/geometry'
import { poolWindow } from '@shared/catalog/layers/parts/pooling'
import { sizeOf } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { pythonList } from '../../python/literal'
import { averageShares } from '../../training/average-shares'
import { channelsLast } from '../layout'
import type { KerasConfig } from '../model'
import { scaledEach } from '../tfjs/elements'
import { paddingName, zeroPadded } from './windows'

/** Of float32. */
const LOWEST = -3.4028234663852886e38

export function maxPooling2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const window = windowOfPool(node, input)
  const named = paddingName(input.shape, window)
  const shape = [input.shape[0], ...window.output]
  if (named !== 'explicit') return { name: context.layer(node.id, [input.name], 'MaxPooling2D', poolConfig(window, named)), shape, order: null }
  // Zeros could be the largest value of a window.
  const [top, left, bottom, right] = window.pads
  const padded = context.target === 'tfjs' ? lowestAround(context, node, input, window) : context.expression(`${node.id}_padding`, input.name, `ops.pad({}, ((0, 0), (${top}, ${bottom}), (${left}, ${right}), (0, 0)), constant_values=float("-inf"))`)
  return { name: context.layer(node.id, [padded], 'MaxPooling2D', poolConfig(window, 'valid')), shape, order: null }
}

export function averagePooling2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const window = windowOfPool(node, input)
  const named = paddingName(input.shape, window)
  const shape = [input.shape[0], ...window.output]
  const counted = node.countIncludePad === true
  if (named === 'valid' || (named === 'same' && !counted && (context.target === 'tfjs' || evenly(window.pads)))) {
    return { name: context.layer(node.id, [input.name], 'AveragePooling2D', poolConfig(window, named)), shape, order: null }
  }
  const padded = zeroPadded(context, `${node.id}_padding`, input, window)
  const pooled = context.layer(node.id, [padded.name], 'AveragePooling2D', poolConfig(window, 'valid'))
  if (counted) return { name: pooled, shape, order: null }
  if (context.target === 'keras') return { name: context.expression(`${node.id}_share`, pooled, `{} * np.array(${sharesCode(input, window)}, "float32")`), shape, order: null }
  const { rows, columns } = averageShares(input.shape, window)
  const shares = Float32Array.from(rows.flatMap((row) => columns.flatMap((column) => new Array<number>(input.shape[0]).fill(row * column))))
  return { name: scaledEach(context, `${node.id}_share`, pooled, channelsLast(shape), [context.values('gamma', [shares.length], shares)]), shape, order: null }
}

/** Keras on PyTorch repeats the edge where one side is padded more than the other. */
function evenly([top, left, bottom, right]: Window['pads']): boolean {
  return top === bottom && left === right
}

/** The image with the least of all numbers around it: TensorFlow.js pads with zeros, to which it is added. */
function lowestAround(context: KerasContext, node: Node, input: Placed, window: Window): string {
  const padded = zeroPadded(context, `${node.id}_padding`, input, window)
  const [channels, height, width] = padded.shape
  const [top, left, bottom, right] = window.pads
  const inside = (row: number, column: number): boolean => row >= top && row < height - bottom && column >= left && column < width - right
  const around = Float32Array.from({ length: sizeOf(padded.shape) }, (_, at) => (inside(Math.floor(at / channels / width), Math.floor(at / channels) % width) ? 0 : LOWEST))
  return scaledEach(context, `${node.id}_lowest`, padded.name, channelsLast(padded.shape), [context.values('beta', [around.length], around)])
}

function windowOfPool(node: Node, input: Placed): Window {
  return poolWindow(input.shape, node as unknown as { poolSize: Pair; strides?: Pair; padding: Padding })
}

function poolConfig({ kernel, strides }: Window, padding: 'valid' | 'same'): KerasConfig {
  const usual = strides.every((stride, axis) => stride === kernel[axis])
  return { pool_size: kernel, ...(usual ? {} : { strides }), ...(padding === 'same' ? { padding } : {}) }
}

/** `[height, width, 1]` in NumPy. */
function sharesCode(input: Placed, window: Window): string {
  const { rows, columns } = averageShares(input.shape, window)
  return `np.outer(${pythonList(rows)}, ${pythonList(columns)})[:, :, None]`
}

export function globalAveragePooling2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  return { name: context.layer(node.id, [input.name], 'GlobalAveragePooling2D', {}), shape: [input.shape[0]], order: null }
}

export function globalMaxPooling2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  return { name: context.layer(node.id, [input.name], 'GlobalMaxPooling2D', {}), shape: [input.shape[0]], order: null }
}
