import * as ops from '@shared/graph'
import { Graph, OPS, ShapeError } from '@shared/graph'
import type { DType, Shape, Tensor } from '@shared/graph'
import { describe, expect, test } from 'vitest'

const graph = new Graph()
const of = (dtype: DType, ...shape: number[]): Tensor => graph.input(`input${graph.inputs.size}`, dtype, shape)
const float = (...shape: number[]): Tensor => of('float32', ...shape)
const int = (...shape: number[]): Tensor => of('int32', ...shape)
const bool = (...shape: number[]): Tensor => of('bool', ...shape)

const conv = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 }
const pool = { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] }
const mean = { ...pool, countIncludePad: false }

/** Operands that must not be accepted, by op: a wrong dtype, a wrong rank, extents that do not fit, bad attributes. */
const refused: Record<string, readonly (() => Tensor)[]> = {
  ...Object.fromEntries(
    [ops.neg, ops.abs, ops.sign, ops.exp, ops.log, ops.sqrt, ops.floor, ops.sin, ops.cos, ops.tanh, ops.sigmoid, ops.relu, ops.softplus, ops.erf].map((apply) => [
      apply.name,
      [() => apply(int(2)), () => apply(bool(2))],
    ]),
  ),
  ...Object.fromEntries(
    [ops.add, ops.sub, ops.mul, ops.maximum, ops.minimum, ops.greater, ops.greaterEqual, ops.equal].map((apply) => [
      apply.name,
      [() => apply(float(2), float(3)), () => apply(float(2), int(2)), () => apply(bool(2), bool(2)), () => apply(float(2, 3), float(3, 3))],
    ]),
  ),
  ...Object.fromEntries([ops.div, ops.pow].map((apply) => [apply.name, [() => apply(int(2), int(2)), () => apply(float(2), float(3))]])),
  logicalAnd: [() => ops.logicalAnd(float(2), float(2)), () => ops.logicalAnd(bool(2), bool(3))],
  logicalNot: [() => ops.logicalNot(float(2))],
  where: [() => ops.where(float(2), 1, 2), () => ops.where(bool(2), float(2), int(2)), () => ops.where(bool(2), float(3), 0), () => ops.where(bool(2), bool(2), bool(2))],
  cast: [() => ops.apply(ops.castOp, [float(2)], { dtype: 'float32' })],
  matmul: [
    () => ops.matmul(float(2, 3), float(2, 3)),
    () => ops.matmul(float(2, 3), float(3, 2), { transposeA: true }),
    () => ops.matmul(float(3), float(3, 2)),
    () => ops.matmul(float(2, 2, 3), float(1, 3, 2)),
    () => ops.matmul(float(2, 2, 3), float(3, 2)),
    () => ops.matmul(int(2, 3), int(3, 2)),
  ],
  conv2d: [
    () => ops.conv2d(float(1, 2, 4, 4), float(3, 1, 2, 2), conv),
    () => ops.conv2d(float(1, 2, 4, 4), float(3, 1, 2, 2), { ...conv, groups: 2 }),
    () => ops.conv2d(float(1, 2, 4, 4), float(3, 4, 2, 2), { ...conv, groups: 0.5 }),
    () => ops.conv2d(float(1, 3, 4, 4), float(3, 2, 2, 2), { ...conv, groups: 1.5 }),
    () => ops.conv2d(float(1, 2, 4), float(3, 2, 2, 2), conv),
    () => ops.conv2d(float(1, 2, 4, 4), float(2, 2, 2), conv),
    () => ops.conv2d(float(1, 2, 2, 2), float(3, 2, 3, 3), conv),
    () => ops.conv2d(float(1, 2, 4, 4), float(3, 2, 2, 2), { ...conv, strides: [0, 1] }),
    () => ops.conv2d(float(1, 2, 4, 4), float(3, 2, 2, 2), { ...conv, dilations: [1, 0.5] }),
    () => ops.conv2d(float(1, 2, 4, 4), float(3, 2, 2, 2), { ...conv, pads: [1, 1] }),
    () => ops.conv2d(float(1, 2, 4, 4), float(3, 2, 2, 2), { ...conv, pads: [0, 0, -1, 0] }),
    () => ops.conv2d(int(1, 2, 4, 4), float(3, 2, 2, 2), conv),
  ],
  conv2dInputGradient: [
    () => ops.conv2dInputGradient(float(3, 2, 2, 2), float(1, 3, 4, 4), { ...conv, inputShape: [1, 2, 4, 4] }),
    () => ops.conv2dInputGradient(float(3, 2, 2, 2), int(1, 3, 3, 3), { ...conv, inputShape: [1, 2, 4, 4] }),
  ],
  conv2dFilterGradient: [
    () => ops.conv2dFilterGradient(float(1, 2, 4, 4), float(1, 3, 4, 4), { ...conv, filterShape: [3, 2, 2, 2] }),
    () => ops.conv2dFilterGradient(int(1, 2, 4, 4), float(1, 3, 3, 3), { ...conv, filterShape: [3, 2, 2, 2] }),
  ],
  maxPool2d: [
    () => ops.maxPool2d(float(4, 4), pool),
    () => ops.maxPool2d(float(1, 1, 1, 4), pool),
    () => ops.maxPool2d(float(1, 1, 4, 4), { ...pool, pads: [2, 0, 0, 0] }),
    () => ops.maxPool2d(float(1, 1, 4, 4), { ...pool, kernel: [2] }),
    () => ops.maxPool2d(int(1, 1, 4, 4), pool),
  ],
  maxPool2dGradient: [() => ops.maxPool2dGradient(float(1, 1, 4, 4), float(1, 1, 4, 4), pool), () => ops.maxPool2dGradient(float(1, 1, 4, 4), int(1, 1, 2, 2), pool)],
  maxPool2dPick: [() => ops.maxPool2dPick(float(1, 1, 4, 4), float(1, 1, 2, 2), pool), () => ops.maxPool2dPick(float(1, 1, 4, 4), int(1, 1, 4, 4), pool)],
  avgPool2d: [() => ops.avgPool2d(float(1, 4, 4), mean), () => ops.avgPool2d(float(1, 1, 4, 4), { ...mean, pads: [0, 2, 0, 0] }), () => ops.avgPool2d(int(1, 1, 4, 4), mean)],
  avgPool2dGradient: [() => ops.avgPool2dGradient(float(1, 1, 4, 4), { ...mean, inputShape: [1, 1, 4, 4] }), () => ops.avgPool2dGradient(int(1, 1, 2, 2), { ...mean, inputShape: [1, 1, 4, 4] })],
  ...Object.fromEntries(
    [ops.reduceSum, ops.reduceMax].map((apply) => [apply.name, [() => apply(float(2), { axes: [1] }), () => apply(float(2, 2), { axes: [0, -2] }), () => apply(int(2), { axes: [0] })]]),
  ),
  argMax: [() => ops.argMax(float(2), { axis: 1 }), () => ops.argMax(int(2), { axis: 0 })],
  softmax: [() => ops.softmax(float()), () => ops.softmax(int(2))],
  logSoftmax: [() => ops.logSoftmax(float()), () => ops.logSoftmax(int(2))],
  reshape: [() => ops.reshape(float(2, 3), [5])],
  transpose: [() => ops.transpose(float(2, 3), [0]), () => ops.transpose(float(2, 3), [1, 1])],
  slice: [
    () => ops.slice(float(4), { starts: [2], sizes: [3] }),
    () => ops.slice(float(4), { starts: [-1], sizes: [2] }),
    () => ops.slice(float(4), { starts: [1], sizes: [0] }),
    () => ops.slice(float(4), { starts: [1, 0], sizes: [1, 1] }),
  ],
  concat: [() => ops.concat([float(2, 3), float(2, 2)], 0), () => ops.concat([float(2), int(2)], 0), () => ops.concat([float(2), float(2, 1)], 0), () => ops.concat([float(2), float(2)], 1), () => ops.concat([], 0)],
  pad: [() => ops.pad(float(2), { before: [1, 0], after: [0, 0], value: 0 }), () => ops.pad(float(2), { before: [-1], after: [0], value: 0 }), () => ops.pad(bool(2), { before: [1], after: [0], value: 0 })],
  broadcastTo: [() => ops.broadcastTo(float(2), [3]), () => ops.broadcastTo(float(2, 3), [3])],
  reverse: [() => ops.reverse(float(2), [1]), () => ops.reverse(float(2, 2), [0, 0])],
  gather: [() => ops.gather(float(), int(2)), () => ops.gather(float(2), float(2))],
  scatterAdd: [() => ops.scatterAdd(int(2), float(3, 2), 4), () => ops.scatterAdd(float(2), float(2), 4), () => ops.scatterAdd(int(2), int(2), 4)],
  oneHot: [() => ops.oneHot(float(2), 3)],
  scan: [
    () => ops.scan({ states: [], sequences: [float(2, 3), float(3, 3)] }, ({ sequences: [x] }) => ({ states: [], outputs: [x] })).outputs[0],
    () => ops.scan({ states: [float(2)], sequences: [float(2, 3)] }, ({ sequences: [x] }) => ({ states: [x], outputs: [] })).outputs[0],
    () => ops.scan({ states: [float(2)], sequences: [] }, ({ states }) => ({ states, outputs: [] })).outputs[0],
    () => ops.scan({ states: [], sequences: [float(2, 3)] }, ({ sequences: [x] }) => ({ states: [], outputs: [ops.greater(x, 0)] })).outputs[0],
    () => ops.scan({ states: [], sequences: [int(2, 3)] }, ({ sequences: [x] }) => ({ states: [], outputs: [x] })).outputs[0],
  ],
  scanOutput: [() => ops.scanOutput(float(5), { at: 0, offset: 3, shape: [3] }), () => ops.scanOutput(float(5, 1), { at: 0, offset: 0, shape: [5] })],
  randomBits: [() => ops.randomBits(int(3), [2]), () => ops.randomBits(float(2), [2])],
}

test('every op is covered but those that take anything', () => {
  expect([...Object.keys(refused), 'customGradient', 'stopGradient'].sort()).toEqual([...OPS.keys()].sort())
})

test.each(Object.entries(refused))('%s refuses operands that do not fit and says its name', (op, attempts) => {
  for (const attempt of attempts) {
    expect(attempt, attempt.toString()).toThrow(ShapeError)
    expect(attempt).toThrow(op)
  }
})

describe('what would change nothing appends nothing', () => {
  const x = float(2, 3)
  const same: Record<string, () => Tensor> = {
    cast: () => ops.cast(x, 'float32'),
    reshape: () => ops.reshape(x, [2, 3]),
    'reshape back': () => ops.reshape(ops.reshape(x, [6]), [2, 3]),
    transpose: () => ops.transpose(x, [0, 1]),
    slice: () => ops.slice(x, { starts: [0, 0], sizes: [2, 3] }),
    concat: () => ops.concat([x], 0),
    pad: () => ops.pad(x, { before: [0, 0], after: [0, 0], value: 7 }),
    broadcastTo: () => ops.broadcastTo(x, [2, 3]),
    reverse: () => ops.reverse(x, []),
    reduceSum: () => ops.reduceSum(x, { axes: [] }),
    reduceMean: () => ops.reduceMean(x, { axes: [] }),
    sumTo: () => ops.sumTo(x, [2, 3]),
  }
  test.each(Object.entries(same))('%s', (_, apply) => {
    expect(apply()).toBe(x)
  })
})

test('a broadcast is broadcast from its origin, and reshaped too where it is of one number', () => {
  const [row, number] = [float(3), float()]
  const twice = ops.broadcastTo(ops.broadcastTo(row, [2, 3]), [4, 2, 3])
  expect([twice.inputs, twice.shape]).toEqual([[row], [4, 2, 3]])
  const flat = ops.reshape(ops.broadcastTo(number, [2, 3]), [6])
  expect([flat.op, flat.inputs, flat.shape]).toEqual(['broadcastTo', [number], [6]])
  expect(ops.reshape(ops.broadcastTo(row, [2, 3]), [6]).op).toBe('reshape')
})

test('a slice that only looks whole is refused, not dropped', () => {
  expect(() => ops.slice(float(2, 3), { starts: [], sizes: [2, 3] })).toThrow(ShapeError)
  expect(() => ops.pad(float(2, 3), { before: [], after: [], value: 0 })).toThrow(ShapeError)
})

describe('helpers', () => {
  const values = (tensor: Tensor, feeds: Record<string, [Shape, number[]]>): number[] => [
    ...ops.evaluateGraph([tensor], new Map(Object.entries(feeds).map(([name, [shape, data]]) => [name, { shape, data: Float64Array.from(data) }])))[0].data,
  ]
  const own = new Graph()
  const x = own.input('x', 'float32', [2, 3])
  const fed: Record<string, [Shape, number[]]> = { x: [[2, 3], [1, 2, 6, -1, 0, 4]] }

  test('reduceMean', () => {
    expect(values(ops.reduceMean(x, { axes: [1] }), fed)).toEqual([3, 1])
    expect(ops.reduceMean(x, { axes: [-1], keepDims: true }).shape).toEqual([2, 1])
    expect(values(ops.reduceMean(x, { axes: [0, 1] }), fed)).toEqual([2])
  })

  test('variance divides by the count and keeps its digits far from zero', () => {
    expect(values(ops.variance(x, { axes: [0] }), fed)).toEqual([1, 1, 1])
    for (const found of values(ops.variance(x, { axes: [-1] }), fed)) expect(found).toBeCloseTo(14 / 3, 14)
    expect(ops.variance(x, { axes: [0], keepDims: true }).shape).toEqual([1, 3])
    expect(values(ops.variance(ops.add(x, 2 ** 40), { axes: [0] }), fed)).toEqual([1, 1, 1])
  })

  test.each([
    [[2, 3], [1, 2, 6, -1, 0, 4]],
    [[3], [0, 2, 10]],
    [[1, 3], [0, 2, 10]],
    [[2, 1], [9, 3]],
    [[1], [12]],
    [[], [12]],
  ])('sumTo %j', (shape, expected) => {
    const summed = ops.sumTo(x, shape)
    expect(summed.shape).toEqual(shape)
    expect(values(summed, fed)).toEqual(expected)
  })

  test('sumTo of a number spread over a shape multiplies it', () => {
    const s = own.input('s', 'float32', [])
    const summed = ops.sumTo(ops.broadcastTo(s, [4, 2, 3]), [2, 1])
    expect(summed.shape).toEqual([2, 1])
    expect(values(summed, { s: [[], [5]] })).toEqual([60, 60])
  })
})

test('indices outside a table are reported', () => {
  const own = new Graph()
  const rows = own.input('rows', 'int32', [1])
  const table = own.input('table', 'float32', [2, 1])
  const updates = own.input('updates', 'float32', [1, 1])
  for (const row of [-1, 2]) {
    const feeds = new Map([
      ['rows', { shape: [1], data: Float64Array.of(row) }],
      ['table', { shape: [2, 1], data: new Float64Array(2) }],
      ['updates', { shape: [1, 1], data: new Float64Array(1) }],
    ])
    expect(() => ops.evaluateGraph([ops.gather(table, rows)], feeds)).toThrow(`gather: row ${row} of 2`)
    expect(() => ops.evaluateGraph([ops.scatterAdd(rows, updates, 2)], feeds)).toThrow(`scatterAdd: row ${row} of 2`)
  }
})
