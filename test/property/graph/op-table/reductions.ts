import { argMax, logSoftmax, reduceMax, reduceSum, softmax } from '@shared/graph'
import type { ReduceOptions, Tensor } from '@shared/graph'
import { coin, distinct, drawFrom, real, shapeOf } from '../draw'
import type { Draw } from '../draw'
import { fixed, float } from '../example'
import type { Example, OpEntry } from '../example'

type Reduce = (x: Tensor, options: ReduceOptions) => Tensor
type Sampler = (draw: Draw, shape: readonly number[]) => Float64Array

function someAxes(draw: Draw, rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis).filter(() => coin(draw))
  return axes.length > 0 ? axes : [draw.integer(0, rank - 1)]
}

function reduction(name: string, reduce: Reduce, sample: Sampler, edges: readonly Example[] = []): OpEntry {
  const example = (draw: Draw, shape: readonly number[], options: ReduceOptions): Example => ({
    inputs: [float(shape, sample(draw, shape))],
    lower: ([x]) => reduce(x, options),
  })
  return {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 4)
      return example(draw, shape, { axes: someAxes(draw, shape.length), keepDims: coin(draw) })
    },
    edges: [
      example(drawFrom(name, 0), [40, 30], { axes: [0] }),
      example(drawFrom(name, 1), [40, 30], { axes: [-1], keepDims: true }),
      example(drawFrom(name, 2), [2, 3, 4, 5], { axes: [0, 2, 3] }),
      example(drawFrom(name, 3), [2, 3, 4, 5], { axes: [3, 0, 2], keepDims: true }),
      example(drawFrom(name, 4), [2, 3, 4], { axes: [0, 1, 2] }),
      ...edges,
    ],
  }
}

function rows(name: string, apply: (x: Tensor) => Tensor): OpEntry {
  const lower = ([x]: readonly Tensor[]): Tensor => apply(x)
  return {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 3)
      return { inputs: [float(shape, real(draw, shape))], lower }
    },
    edges: [
      { inputs: [float([4, 3], [1000, 0, -1000, 1000, 1000, 1000, -1000, -1000, -999, 0, 0, 0])], lower },
      { inputs: [float([8, 10], real(drawFrom(name), [8, 10]))], lower },
      { inputs: [float([3, 1], [5, -1000, 1000])], lower },
    ],
  }
}

export const reductions: Record<string, OpEntry> = {
  reduceSum: reduction('reduceSum', reduceSum, real),
  reduceMax: reduction('reduceMax', reduceMax, distinct, [
    { inputs: [float([2, 3], [1, 3, 3, -2, -2, -2])], lower: ([x]) => reduceMax(x, { axes: [1] }) },
    { inputs: [float([2, 3], [1, 3, 3, 3, -2, 3])], lower: ([x]) => reduceMax(x, { axes: [0, 1], keepDims: true }) },
  ]),
  argMax: {
    random: (draw) => {
      const shape = shapeOf(draw, 1, 3)
      const axis = draw.integer(0, shape.length - 1)
      return { inputs: [fixed(shape, distinct(draw, shape))], lower: ([x]) => argMax(x, { axis }) }
    },
    edges: [
      { inputs: [fixed([3, 3], [1, 3, 3, -2, -2, -2, 5, 0, 5])], lower: ([x]) => argMax(x, { axis: -1 }) },
      { inputs: [fixed([3, 3], [1, 3, 3, -2, 3, -2, 5, 0, 3])], lower: ([x]) => argMax(x, { axis: 0 }) },
    ],
  },
  softmax: rows('softmax', softmax),
  logSoftmax: rows('logSoftmax', logSoftmax),
}
