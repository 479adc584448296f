import { argMax, cast, div, evaluateGraph, exp, gradients, Graph, log, logSoftmax, maximum, maxPool2d, mul, oneHot, pow, reduceMax, reduceSum, relu, softmax, softplus, sqrt } from '@shared/graph'
import type { DType, Shape, Tensor } from '@shared/graph'
import { expect, test } from 'vitest'
import { distance } from '../../../property/graph/case-program'
import { devices, runCase } from './case-program'

interface Edge {
  readonly name: string
  readonly inputs: readonly { readonly dtype?: DType; readonly shape?: Shape; readonly data: readonly number[] }[]
  readonly lower: (...inputs: Tensor[]) => readonly Tensor[]
}

const INT = 'int32'
const total = (x: Tensor): Tensor => reduceSum(x, { axes: x.shape.map((_, axis) => axis) })

/** Values that a float32 engine and the float64 reference must agree on although they are not finite, or tie, or wrap. */
const edges: readonly Edge[] = [
  { name: 'division by zero', inputs: [{ data: [1, -1, 0, 0] }, { data: [0, 0, 0, 5] }], lower: (a, b) => [div(a, b)] },
  { name: 'powers', inputs: [{ data: [-8, 0, 0, 0, 2, -2, 4] }, { data: [1 / 3, 0, -1, 2, -2, 3, 0.5] }], lower: (a, b) => [pow(a, b)] },
  { name: 'logarithm and root outside their domain', inputs: [{ data: [0, -1, 1] }], lower: (x) => [log(x), sqrt(x)] },
  { name: 'exponential out of range', inputs: [{ data: [1000, -1000] }], lower: (x) => [exp(x)] },
  { name: 'softplus far out', inputs: [{ data: [-1000, -90, -20, 0, 20, 90, 1000] }], lower: (x) => [softplus(x)] },
  { name: 'softmax of large logits', inputs: [{ shape: [2, 3], data: [1000, -1000, 0, 1000, 1000, -1000] }], lower: (x) => [softmax(x), logSoftmax(x)] },
  { name: 'integers wrap', inputs: [{ dtype: INT, data: [0x7feb352d, -0x80000000, -1, 65537, 123456789] }, { dtype: INT, data: [0x2c1b3c6d, -1, -0x80000000, 65537, -987654321] }], lower: (a, b) => [mul(a, b)] },
  { name: 'integers wrap with a broadcast operand', inputs: [{ dtype: INT, shape: [2, 2], data: [1 << 30, 3, -(1 << 30), 77777] }, { dtype: INT, shape: [], data: [77777] }], lower: (a, b) => [mul(a, b)] },
  { name: 'casts truncate', inputs: [{ data: [-2.9, -0.5, 0.5, 2.9] }], lower: (x) => [cast(x, INT), cast(x, 'bool')] },
  { name: 'the first of equal maxima', inputs: [{ shape: [3, 4], data: [1, 3, 3, 0, 5, 5, 5, 5, -1, -2, -3, -1] }], lower: (x) => [argMax(x, { axis: 1 }), argMax(x, { axis: 0 })] },
  { name: 'equal maxima share the gradient', inputs: [{ shape: [2, 3], data: [2, 2, 1, 0, 0, 0] }], lower: (x) => gradients(total(reduceMax(x, { axes: [1] })), [x]) },
  { name: 'gradients at kinks', inputs: [{ data: [0, 1, -1] }], lower: (x) => [...gradients(total(relu(x)), [x]), ...gradients(total(maximum(x, 0)), [x])] },
  { name: 'class numbers out of range', inputs: [{ dtype: INT, data: [-1, 0, 1, 2] }], lower: (x) => [oneHot(x, 2), oneHot(x, 1)] },
  {
    name: 'overlapping windows of equal values, padded on one side',
    inputs: [{ shape: [1, 1, 3, 3], data: Array<number>(9).fill(-7) }],
    lower: (x) => {
      const pooled = maxPool2d(x, { kernel: [2, 2], strides: [1, 1], pads: [1, 0, 0, 1] })
      return [pooled, ...gradients(total(mul(pooled, pooled)), [x])]
    },
  },
]

test.each(devices.flatMap((device) => edges.map((edge) => [device, edge.name, edge] as const)))('%s: %s', async (device, _name, { inputs, lower }) => {
  const graph = new Graph()
  const tensors = inputs.map(({ dtype = 'float32', shape, data }, index) => graph.input(`x${index}`, dtype, shape ?? [data.length]))
  const outputs = [...lower(...tensors)]
  const feeds = new Map(inputs.map(({ shape, data }, index) => [`x${index}`, { shape: shape ?? [data.length], data: Float64Array.from(data, inputs[index].dtype === INT ? Number : Math.fround) }]))
  const found = await runCase({ graph, outputs, feeds }, device)
  evaluateGraph(outputs, feeds).forEach(({ data }, index) => {
    const expected = data.map((value) => (outputs[index].dtype === 'float32' ? Math.fround(value) : value))
    expect(distance(found[index], expected, outputs[index].dtype), `${[...found[index]].join()} instead of ${expected.join()}`).toBeLessThan(1e-6)
  })
})
