import * as ops from '@shared/graph'
import type { Operand, Tensor } from '@shared/graph'
import { between, broadcastable, coin, distinct, integers, nonzero, pick, positive, real, shapeOf } from '../draw'
import type { Draw } from '../draw'
import { bool, fixed, float, int } from '../example'
import type { Example, ExampleInput, OpEntry } from '../example'

type Unary = (x: Tensor) => Tensor
type Binary = (a: Operand, b: Operand) => Tensor
type Sampler = (draw: Draw, shape: readonly number[]) => Float64Array

const INT32_EDGES = [0, 1, -1, 65_536, 65_537, 16_777_217, 2_147_483_647, -2_147_483_648]
const MORE_INT32_EDGES = [-1, 1, -1, 65_536, -65_537, 16_777_216, 2, -1]

function unary(apply: Unary, sample: Sampler, ...edges: readonly (readonly number[])[]): OpEntry {
  const lower = ([x]: readonly Tensor[]): Tensor => apply(x)
  return {
    random: (draw) => {
      const shape = shapeOf(draw)
      return { inputs: [float(shape, sample(draw, shape))], lower }
    },
    edges: edges.map((data) => ({ inputs: [float([data.length], data)], lower })),
  }
}

function shapePair(draw: Draw): [number[], number[]] {
  const shape = shapeOf(draw)
  const smaller = broadcastable(draw, shape)
  return pick(draw, [[shape, shape], [shape, smaller], [smaller, shape], [shape.map((extent) => (coin(draw) ? 1 : extent)), smaller]])
}

/** Ties with no `distinct` value. */
const NUMBER = 2.53125

/** `numbers` stand as constants beside a tensor: gradients treat some of them apart. */
function binary(apply: Binary, sampleA: Sampler, sampleB: Sampler, edges: readonly Example[] = [], numbers = [NUMBER, 1, 0.25]): OpEntry {
  return {
    random: (draw) => {
      const [a, b] = shapePair(draw)
      const number = pick(draw, numbers)
      const form = draw.integer(0, 5)
      if (form === 0) return { inputs: [float(a, sampleA(draw, a))], lower: ([x]) => apply(x, number) }
      if (form === 1) return { inputs: [float(b, sampleB(draw, b))], lower: ([x]) => apply(NUMBER, x) }
      return { inputs: [float(a, sampleA(draw, a)), float(b, sampleB(draw, b))], lower: ([left, right]) => apply(left, right) }
    },
    edges: [
      { inputs: [float([2, 3], [1, 2, 3, 0.5, 0.25, 1.5])], lower: ([x]) => apply(x, 1.5) },
      { inputs: [float([2, 3], [1, 2, 3, 0.5, 0.25, 2])], lower: ([x]) => apply(2.5, x) },
      ...edges,
    ],
  }
}

/** The same operand twice. */
const square = (apply: Binary): Example => ({ inputs: [float([3], [1, -2, 0.5])], lower: ([x]) => apply(x, x) })
const ints = (apply: Binary): Example => ({ inputs: [int([8], INT32_EDGES), int([8], MORE_INT32_EDGES)], lower: ([a, b]) => apply(a, b) })
const ties = (apply: Binary): Example => ({
  inputs: [float([2, 3], [1, 2, 3, -1, 0, 5]), float([3], [1, 0, 3])],
  lower: ([a, b]) => apply(a, b),
})

function comparison(apply: Binary): OpEntry {
  return {
    random: (draw) => {
      const [a, b] = shapePair(draw)
      const input: (shape: readonly number[]) => ExampleInput = coin(draw)
        ? (shape) => fixed(shape, between(draw, shape, -0.0625, 0.0625))
        : (shape) => int(shape, integers(draw, shape, -3, 3))
      return { inputs: [input(a), input(b)], lower: ([left, right]) => apply(left, right) }
    },
    edges: [ints(apply), ties(apply), { inputs: [int([8], INT32_EDGES)], lower: ([x]) => apply(x, 65_536) }],
  }
}

export const elementwise: Record<string, OpEntry> = {
  neg: unary(ops.neg, real, [0, 1e30, -1e30]),
  abs: unary(ops.abs, (draw, shape) => distinct(draw, shape), [0, 1e30, -1e30]),
  sign: unary(ops.sign, (draw, shape) => distinct(draw, shape), [0, 1e-30, -1e30, 3]),
  exp: unary(ops.exp, real, [-100, 0, 50]),
  log: unary(ops.log, positive, [1e-30, 1, 1e30]),
  sqrt: unary(ops.sqrt, positive, [1e-20, 1, 1e20]),
  floor: unary(ops.floor, (draw, shape) => distinct(draw, shape), [-2, -1.5, -0.5, 0, 0.5, 1]),
  sin: unary(ops.sin, real, [-1e3, -3.2, 0, 1e-5, 1.5, 1e3]),
  cos: unary(ops.cos, real, [-1e3, -3.2, 0, 1e-5, 1.5, 1e3]),
  tanh: unary(ops.tanh, real, [-100, -10, 0, 1e-5, 100]),
  sigmoid: unary(ops.sigmoid, real, [-1000, -50, 0, 50, 1000]),
  relu: unary(ops.relu, (draw, shape) => distinct(draw, shape), [-1000, -0.5, 0, 0.5, 1000]),
  softplus: unary(ops.softplus, real, [-1000, -50, -1e-3, 0, 1e-3, 50, 1000]),
  erf: unary(ops.erf, real, [-100, -4, -1e-5, 0, 0.5, 2.99, 3.01, 6]),
  stopGradient: {
    random: (draw) => {
      const shape = shapeOf(draw)
      return { inputs: [fixed(shape, real(draw, shape))], lower: ([x]) => ops.stopGradient(x) }
    },
  },
  add: binary(ops.add, real, real, [square(ops.add), ints(ops.add)]),
  sub: binary(ops.sub, real, real, [square(ops.sub), ints(ops.sub)]),
  mul: binary(ops.mul, real, real, [square(ops.mul), ints(ops.mul)]),
  div: binary(ops.div, real, nonzero, [square(ops.div)]),
  pow: binary(ops.pow, positive, real, [
    { inputs: [float([5], [-2, -0.5, 0, 1, 3])], lower: ([x]) => ops.pow(x, 2) },
    { inputs: [float([5], [-2, -0.5, 0, 1, 3])], lower: ([x]) => ops.pow(x, 3) },
    { inputs: [float([3], [0.5, 1, 4])], lower: ([x]) => ops.pow(x, -0.5) },
    { inputs: [float([3], [0, 1, 4])], lower: ([x]) => ops.pow(x, 1) },
    { inputs: [float([3], [0, 1, 4])], lower: ([x]) => ops.pow(x, 0) },
    { inputs: [float([4], [0, 0, 2, 3]), float([4], [0, 2, 0, 1])], lower: ([a, b]) => ops.pow(a, b) },
  ], [-0.5, 0, 0.5, 1, 2, 3]),
  maximum: binary(ops.maximum, (draw, shape) => distinct(draw, shape), (draw, shape) => distinct(draw, shape, 0), [ties(ops.maximum), square(ops.maximum), ints(ops.maximum)]),
  minimum: binary(ops.minimum, (draw, shape) => distinct(draw, shape), (draw, shape) => distinct(draw, shape, 0), [ties(ops.minimum), square(ops.minimum), ints(ops.minimum)]),
  greater: comparison(ops.greater),
  greaterEqual: comparison(ops.greaterEqual),
  equal: comparison(ops.equal),
  logicalAnd: {
    random: (draw) => {
      const [a, b] = shapePair(draw)
      return { inputs: [bool(a, integers(draw, a, 0, 1)), bool(b, integers(draw, b, 0, 1))], lower: ([left, right]) => ops.logicalAnd(left, right) }
    },
    edges: [{ inputs: [bool([4], [0, 0, 1, 1]), bool([4], [0, 1, 0, 1])], lower: ([a, b]) => ops.logicalAnd(a, b) }],
  },
  logicalNot: {
    random: (draw) => {
      const shape = shapeOf(draw)
      return { inputs: [bool(shape, integers(draw, shape, 0, 1))], lower: ([x]) => ops.logicalNot(x) }
    },
    edges: [{ inputs: [bool([2], [0, 1])], lower: ([x]) => ops.logicalNot(x) }],
  },
  where: {
    random: (draw) => {
      const shape = shapeOf(draw)
      const [condition, a, b] = [0, 1, 2].map(() => broadcastable(draw, shape))
      return {
        inputs: [bool(condition, integers(draw, condition, 0, 1)), float(a, real(draw, a)), float(b, real(draw, b))],
        lower: ([test, left, right]) => ops.where(test, left, right),
      }
    },
    edges: [
      { inputs: [bool([2], [0, 1]), float([2], [1, 2])], lower: ([test, a]) => ops.where(test, a, 0) },
      { inputs: [bool([2], [0, 1])], lower: ([test]) => ops.where(test, 1, -1) },
      { inputs: [bool([2, 1], [0, 1]), int([2], [2_147_483_647, 16_777_217])], lower: ([test, a]) => ops.where(test, a, -5) },
    ],
  },
  cast: {
    random: (draw) => {
      const shape = shapeOf(draw)
      const number = pick(draw, ['float32', 'int32'] as const)
      return pick<Example>(draw, [
        { inputs: [fixed(shape, real(draw, shape))], lower: ([x]) => ops.cast(x, 'int32') },
        { inputs: [int(shape, integers(draw, shape, -3, 3))], lower: ([x]) => ops.cast(x, 'float32') },
        { inputs: [int(shape, integers(draw, shape, -1, 1))], lower: ([x]) => ops.cast(x, 'bool') },
        { inputs: [bool(shape, integers(draw, shape, 0, 1))], lower: ([x]) => ops.cast(x, number) },
      ])
    },
    edges: [
      { inputs: [fixed([7], [-2.75, -1, -0.5, 0, 0.5, 1.999, 1_000_000])], lower: ([x]) => ops.cast(x, 'int32') },
      { inputs: [fixed([4], [-0.5, 0, 1e-30, 2])], lower: ([x]) => ops.cast(x, 'bool') },
      { inputs: [int([4], [-16_777_216, -1, 0, 16_777_216])], lower: ([x]) => ops.cast(x, 'float32') },
      { inputs: [bool([2], [0, 1])], lower: ([x]) => ops.cast(x, 'float32') },
      { inputs: [bool([2], [0, 1])], lower: ([x]) => ops.cast(x, 'int32') },
    ],
  },
}
