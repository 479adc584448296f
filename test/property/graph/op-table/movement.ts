import { broadcastTo, concat, pad, reshape, reverse, slice, transpose } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import { permutation, randomSource } from '@shared/lib/random'
import { broadcastable, coin, drawFrom, integers, real, shapeOf } from '../draw'
import type { Draw } from '../draw'
import { bool, float, int } from '../example'
import type { Example, OpEntry } from '../example'

type Lower = (x: Tensor) => Tensor

const one = (shape: readonly number[], lower: Lower, draw: Draw = drawFrom('movement')): Example => ({
  inputs: [float(shape, real(draw, shape))],
  lower: ([x]) => lower(x),
})

/** The same movement of every dtype. */
const everyType = (shape: readonly number[], lower: Lower): Example[] => [
  one(shape, lower),
  { inputs: [int(shape, integers(drawFrom('int'), shape, -2_147_483_648, 2_147_483_647))], lower: ([x]) => lower(x) },
  { inputs: [bool(shape, integers(drawFrom('bool'), shape, 0, 1))], lower: ([x]) => lower(x) },
]

/** Extents of 2 or more, so that the op has something to do. */
const wide = (draw: Draw, minRank: number): number[] => shapeOf(draw, minRank, 4).map((extent) => extent + 1)

export const movement: Record<string, OpEntry> = {
  reshape: {
    random: (draw) => {
      const shape = [2 * draw.integer(1, 3), draw.integer(1, 3), draw.integer(1, 3)]
      const target = coin(draw) ? [shape[0] / 2, 2 * shape[1] * shape[2]] : [shape[2], 1, shape[0], shape[1]]
      return one(shape, (x) => reshape(x, target), draw)
    },
    edges: [...everyType([2, 6], (x) => reshape(x, [3, 4])), one([1, 1], (x) => reshape(x, [])), one([], (x) => reshape(x, [1]))],
  },
  transpose: {
    random: (draw) => {
      const shape = shapeOf(draw, 2, 4)
      const perm = [...permutation(shape.length, randomSource(draw.integer(0, 1000)))]
      const changed = perm.every((from, axis) => from === axis) ? perm.reverse() : perm
      return one(shape, (x) => transpose(x, changed), draw)
    },
    edges: [...everyType([2, 3], (x) => transpose(x, [1, 0])), one([2, 3, 4], (x) => transpose(x, [2, 0, 1])), one([2, 3, 4, 5], (x) => transpose(x, [1, 0, 2, 3]))],
  },
  slice: {
    random: (draw) => {
      const shape = wide(draw, 1)
      const sizes = shape.map((extent) => draw.integer(1, extent - 1))
      const starts = shape.map((extent, axis) => draw.integer(0, extent - sizes[axis]))
      return one(shape, (x) => slice(x, { starts, sizes }), draw)
    },
    edges: everyType([4, 5], (x) => slice(x, { starts: [1, 2], sizes: [2, 3] })),
  },
  concat: {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 3)
      const axis = draw.integer(0, shape.length - 1)
      const shapes = Array.from({ length: draw.integer(2, 3) }, () => shape.with(axis, draw.integer(1, 3)))
      return { inputs: shapes.map((part) => float(part, real(draw, part))), lower: (parts) => concat(parts, axis) }
    },
    edges: [...everyType([2, 3], (x) => concat([x, x], 0)), ...everyType([2, 3], (x) => concat([x, x, x], -1))],
  },
  pad: {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 3)
      const before = shape.map(() => draw.integer(0, 2))
      const after = shape.map((_, axis) => (axis === 0 ? draw.integer(1, 2) : draw.integer(0, 2)))
      const value = draw.integer(-1, 1)
      return one(shape, (x) => pad(x, { before, after, value }), draw)
    },
    edges: [
      one([2, 2], (x) => pad(x, { before: [0, 1], after: [2, 0], value: 0 })),
      one([2, 2], (x) => pad(x, { before: [0, 1], after: [2, 0], value: -1e30 })),
      { inputs: [int([2], [16_777_217, -3])], lower: ([x]) => pad(x, { before: [1], after: [1], value: 7 }) },
    ],
  },
  broadcastTo: {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 3)
      const smaller = broadcastable(draw, shape)
      return one(smaller, (x) => broadcastTo(x, [2, ...shape]), draw)
    },
    edges: [...everyType([3, 1], (x) => broadcastTo(x, [2, 3, 4])), one([], (x) => broadcastTo(x, [2, 2])), one([4], (x) => broadcastTo(x, [3, 4]))],
  },
  reverse: {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 4)
      const axes = shape.map((_, axis) => axis).filter(() => coin(draw))
      return one(shape, (x) => reverse(x, axes.length > 0 ? axes : [0]), draw)
    },
    edges: [...everyType([2, 3], (x) => reverse(x, [1])), one([2, 3, 3, 2], (x) => reverse(x, [-1, -2]))],
  },
}
