import type { Window } from '@shared/catalog/layers/parts/geometry'
import { windowOf } from '@shared/catalog/layers/parts/geometry'
import type { Shape } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'

/** How a window's padding is said in Keras. */
export type KerasPadding = 'valid' | 'same' | 'explicit'

/** The name of a window's padding; explicit where neither name gives these pads. */
export function paddingName(shape: Shape, window: Window): KerasPadding {
  if (window.pads.every((pad) => pad === 0)) return 'valid'
  const same = windowOf(shape, { kernel: [...window.kernel], strides: [...window.strides], dilations: [...window.dilations], padding: 'same' })
  return same.pads.every((pad, at) => pad === window.pads[at]) ? 'same' : 'explicit'
}

/** The image with the window's pads as zeros around it. */
export function zeroPadded(context: KerasContext, wish: string, input: Placed, { pads: [top, left, bottom, right] }: Window): Placed {
  const [channels, height, width] = input.shape
  const name = padding(context, wish, input.name, [top, bottom], [left, right])
  return { name, shape: [channels, height + top + bottom, width + left + right], order: null }
}

function padding(context: KerasContext, wish: string, input: string, rows: readonly [number, number], columns: readonly [number, number]): string {
  const symmetric = rows[0] === rows[1] && columns[0] === columns[1]
  // TensorFlow.js reads nested pairs alone.
  const pads = symmetric && context.target === 'keras' ? [rows[0], columns[0]] : [rows, columns]
  return context.layer(wish, [input], 'ZeroPadding2D', { padding: pads })
}

/** Every `strides`-th row and column: a pooling of single pixels. */
export function thinned(context: KerasContext, node: Node, input: string, strides: readonly [number, number]): string {
  return context.layer(`${node.id}_strides`, [input], 'MaxPooling2D', { pool_size: [1, 1], strides })
}
