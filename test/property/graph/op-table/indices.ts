import { gather, oneHot, randomBits, scatterAdd } from '@shared/graph'
import { integers, real, shapeOf, words } from '../draw'
import { fixed, float, int } from '../example'
import type { OpEntry } from '../example'

export const indices: Record<string, OpEntry> = {
  gather: {
    random: (draw) => {
      const x = shapeOf(draw, 1, 3)
      const index = shapeOf(draw, 0, 2)
      return {
        inputs: [float(x, real(draw, x)), int(index, integers(draw, index, 0, x[0] - 1))],
        lower: ([table, rows]) => gather(table, rows),
      }
    },
    edges: [
      { inputs: [float([3, 2], [1, 2, 3, 4, 5, 6]), int([4], [2, 0, 2, 2])], lower: ([table, rows]) => gather(table, rows) },
      { inputs: [int([3], [2_147_483_647, -5, 16_777_217]), int([2, 2], [2, 0, 1, 1])], lower: ([table, rows]) => gather(table, rows) },
      { inputs: [fixed([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), int([], [1])], lower: ([table, row]) => gather(table, row) },
    ],
  },
  scatterAdd: {
    random: (draw) => {
      const rows = draw.integer(1, 4)
      const index = shapeOf(draw, 0, 2)
      const updates = [...index, ...shapeOf(draw, 0, 2)]
      return {
        inputs: [int(index, integers(draw, index, 0, rows - 1)), float(updates, real(draw, updates))],
        lower: ([at, values]) => scatterAdd(at, values, rows),
      }
    },
    edges: [
      { inputs: [int([4], [2, 0, 2, 2]), float([4, 2], [1, 2, 3, 4, 5, 6, 7, 8])], lower: ([at, values]) => scatterAdd(at, values, 4) },
      { inputs: [int([2, 2], [1, 1, 0, 1]), float([2, 2], [1, 2, 3, 4])], lower: ([at, values]) => scatterAdd(at, values, 2) },
    ],
  },
  oneHot: {
    random: (draw) => {
      const shape = shapeOf(draw, 0, 2)
      const depth = draw.integer(1, 5)
      return { inputs: [int(shape, integers(draw, shape, 0, depth - 1))], lower: ([classes]) => oneHot(classes, depth) }
    },
    edges: [{ inputs: [int([5], [-1, 0, 2, 3, 100])], lower: ([classes]) => oneHot(classes, 3) }],
  },
  randomBits: {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 3)
      return { inputs: [int([2], words(draw, [2]))], lower: ([key]) => randomBits(key, shape) }
    },
    edges: [
      { inputs: [int([2], [0, 0])], lower: ([key]) => randomBits(key, [4, 100]) },
      { inputs: [int([2], [-2_147_483_648, 2_147_483_647])], lower: ([key]) => randomBits(key, [3]) },
      { inputs: [int([2], [123_456_789, -987_654_321])], lower: ([key]) => randomBits(key, [5, 5, 3]) },
    ],
  },
}
