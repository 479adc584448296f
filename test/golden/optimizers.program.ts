import { applyUpdate, type ResolvedOptimizer } from '@shared/catalog/optimizers'
import type { Program, StateEntry, StepInput } from '@shared/compile/program'
import { add, Graph, gradients, matmul, mul, pow, reduceSum, reshape, slice, softplus, sub, type Tensor } from '@shared/graph'
import { type GoldenRun, logregData, rosenConstants, startOf } from './optimizers.runs'

/** A golden run as a training program: the function, its gradient by autodiff, and the update in one graph. */
export function goldenProgram(run: GoldenRun, optimizer: ResolvedOptimizer): Program {
  const graph = new Graph()
  const shape = [startOf(run).length]
  const weight = graph.input('state/weight', 'float32', shape)
  const value = run.function === 'rosen' ? rosen(weight) : logreg(graph, weight)
  const [gradient] = gradients(value, [weight])
  const slots = optimizer.rule.slots(optimizer.options).map(({ name }) => ({ name, tensor: graph.input(`state/${name}`, 'float32', shape) }))
  const steps = Object.keys(optimizer.rule.scalars(optimizer.options, { step: 1, learningRate: 1 })).map(
    (scalar): StepInput => ({
      source: { kind: 'optimizer', scalar },
      name: scalar,
      dtype: 'float32',
      shape: [],
      tensor: graph.input(`step/${scalar}`, 'float32', []),
    }),
  )
  const next = applyUpdate(
    {
      weight,
      gradient,
      slots: Object.fromEntries(slots.map(({ name, tensor }) => [name, tensor])),
      scalars: Object.fromEntries(steps.map(({ name, tensor }) => [name, tensor])),
    },
    optimizer,
    { decays: true },
  )
  const entry = (name: string, tensor: Tensor, after: Tensor): StateEntry => ({ name, shape, views: [{ name, shape, offset: 0 }], tensor, next: after })
  return {
    kind: 'train',
    batchSize: 1,
    graph,
    state: [entry('weight', weight, next.weight), ...slots.map(({ name, tensor }) => entry(name, tensor, next.slots[name]))],
    rows: [],
    steps,
    outputs: [{ name: 'weight', tensor: next.weight }],
  }
}

/** (a − x)² + b·(y − x²)² + ½c·(x² + 3y²). */
function rosen(w: Tensor): Tensor {
  const { a, b, c } = rosenConstants
  const [x, y] = [0, 1].map((start) => reshape(slice(w, { starts: [start], sizes: [1] }), []))
  const valley = mul(pow(sub(y, mul(x, x)), 2), b)
  const bowl = mul(add(mul(x, x), mul(mul(y, y), 3)), c / 2)
  return add(add(pow(sub(a, x), 2), valley), bowl)
}

/** Mean over the rows of the binary cross-entropy, softplus(z) − y·z; the last weight is the bias. */
function logreg(graph: Graph, w: Tensor): Tensor {
  const { X, Y } = logregData
  const rows = graph.constant(Float32Array.from(X.flatMap((row) => [...row, 1])), [X.length, X[0].length + 1], 'float32')
  const labels = graph.constant(Float32Array.from(Y), [Y.length], 'float32')
  const z = reshape(matmul(rows, reshape(w, [w.shape[0], 1]), {}), [Y.length])
  return mul(reduceSum(sub(softplus(z), mul(labels, z)), { axes: [0], keepDims: false }), 1 / Y.length)
}
