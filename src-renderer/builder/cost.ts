import { layerRegistry, type LayerDefinition, type LayerScope, type WeightRequest } from '@shared/catalog/layers'
import { Graph, sizeOf, type Shape, type Tensor } from '@shared/graph'
import type { Json } from '@renderer/stores/edit'
import type { ModelNode, Scene } from './model'
import { inOrder, sourcesOf } from './operations'

const BYTES = 4

/** What is known of one node, as far as its options and inputs are right. */
export interface NodeFacts {
  /** Of one sample; null where they are unknown. */
  readonly inputs: readonly (Shape | null)[]
  /** Of one sample; null where an input, an option or the layer itself is wrong. */
  readonly shape: Shape | null
  readonly weights: readonly Pick<WeightRequest, 'name' | 'shape' | 'role'>[]
  /** Trained numbers. */
  readonly parameters: number
  /** Numbers that are kept but not trained: running means and variances. */
  readonly statistics: number
  /** Floating-point operations that one more sample costs in a forward pass; a multiplication and an addition are two. */
  readonly flops: number
}

const UNKNOWN: Omit<NodeFacts, 'inputs'> = { shape: null, weights: [], parameters: 0, statistics: 0, flops: 0 }

/** Facts of every node: also of models that are not finished, as far as shapes can be followed. */
export function analyze(scene: Scene, sample: Shape | null): ReadonlyMap<string, NodeFacts> {
  const facts = new Map<string, NodeFacts>()
  for (const node of inOrder(scene)) {
    const inputs = node.type === 'input' ? [] : sourcesOf(scene, node.id).map((id) => facts.get(id)?.shape ?? null)
    facts.set(node.id, node.type === 'input' ? inputFacts(node, sample) : nodeFacts(node, inputs))
  }
  return facts
}

function inputFacts(node: ModelNode, sample: Shape | null): NodeFacts {
  const { shape } = node
  const declared = Array.isArray(shape) && shape.every((extent: Json) => Number.isInteger(extent)) ? (shape as Shape) : null
  return { ...UNKNOWN, inputs: [], shape: declared ?? sample }
}

const known = new Map<string, NodeFacts>()
const KNOWN_LIMIT = 5000

function nodeFacts(node: ModelNode, inputs: readonly (Shape | null)[]): NodeFacts {
  const { id: _, ...options } = node
  const key = JSON.stringify([options, inputs])
  const found = known.get(key) ?? computeFacts(options, inputs)
  if (known.size > KNOWN_LIMIT) known.clear()
  known.set(key, found)
  return found
}

function computeFacts({ type, ...written }: { readonly type: string }, inputs: readonly (Shape | null)[]): NodeFacts {
  const definition = layerRegistry.get(type)
  const unknown = { ...UNKNOWN, inputs }
  const shapes = inputs.filter((shape) => shape !== null)
  if (definition === undefined || shapes.length < inputs.length) return unknown
  if (shapes.length < definition.arity[0] || shapes.length > definition.arity[1]) return unknown
  const options = definition.options.safeParse(written)
  if (!options.success) return unknown
  const inferred = definition.infer(shapes, options.data)
  if (!('shape' in inferred)) return unknown
  const one = lower(definition, shapes, options.data, 2)
  const more = lower(definition, shapes, options.data, 3)
  return {
    inputs,
    shape: inferred.shape,
    weights: one.weights,
    parameters: one.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    statistics: one.statistics,
    flops: more.flops - one.flops,
  }
}

interface Lowered {
  readonly weights: readonly Pick<WeightRequest, 'name' | 'shape' | 'role'>[]
  readonly statistics: number
  readonly flops: number
}

/** Lowers the layer as it is used, not trained, into a graph that is thrown away. */
function lower(definition: LayerDefinition, shapes: readonly Shape[], options: Readonly<Record<string, unknown>>, batch: number): Lowered {
  const graph = new Graph()
  const weights: Lowered['weights'][number][] = []
  let statistics = 0
  const scope: LayerScope = {
    training: false,
    weight: ({ name, shape, role }): Tensor => {
      weights.push({ name, shape, role })
      return graph.input(name, 'float32', shape)
    },
    statistic: (name, shape): Tensor => {
      statistics += sizeOf(shape)
      return graph.input(name, 'float32', shape)
    },
    updateStatistic: () => undefined,
    penalize: () => undefined,
    report: () => undefined,
    step: () => graph.scalar(0),
    randomBits: (shape) => graph.input(`random${graph.inputs.size}`, 'int32', shape),
  }
  definition.lower(scope, shapes.map((shape, index) => graph.input(`x${index}`, 'float32', [batch, ...shape])), options)
  return { weights, statistics, flops: graph.tensors.reduce((sum, tensor) => sum + flopsOf(tensor), 0) }
}

/** Ops that move numbers and compute none. */
const FREE: ReadonlySet<string> = new Set(['input', 'constant', 'reshape', 'transpose', 'slice', 'concat', 'pad', 'broadcastTo', 'reverse', 'gather', 'stopGradient', 'cast', 'oneHot', 'randomBits'])
/** Maximum, difference, exponential, sum and quotient. */
const SOFTMAX_COST = 5

function flopsOf({ op, shape, inputs, attrs }: Tensor): number {
  const size = sizeOf(shape)
  if (FREE.has(op)) return 0
  switch (op) {
    case 'matmul':
      return 2 * size * inputs[0].shape[inputs[0].shape.length - (attrs.transposeA === true ? 2 : 1)]
    case 'conv2d':
      return 2 * size * sizeOf(inputs[1].shape.slice(1))
    case 'maxPool2d':
    case 'avgPool2d':
      return size * sizeOf(attrs.kernel as readonly number[])
    case 'reduceSum':
    case 'reduceMax':
    case 'argMax':
      return sizeOf(inputs[0].shape)
    case 'softmax':
    case 'logSoftmax':
      return SOFTMAX_COST * size
    default:
      return size
  }
}

/** Of a whole model, in training. Sizes are bytes. */
export interface Totals {
  readonly parameters: number
  readonly flops: number
  readonly weights: number
  readonly gradients: number
  readonly slots: number
  /** Every layer's output for one batch, kept for the backward pass. */
  readonly activations: number
  readonly memory: number
}

/** `slots`: numbers that the optimizer keeps per parameter. */
export function totalsOf(facts: Iterable<NodeFacts>, { batch, slots }: { readonly batch: number; readonly slots: number }): Totals {
  let parameters = 0
  let statistics = 0
  let flops = 0
  let outputs = 0
  for (const node of facts) {
    parameters += node.parameters
    statistics += node.statistics
    flops += node.flops
    outputs += node.shape === null ? 0 : sizeOf(node.shape)
  }
  const sizes = { weights: BYTES * (parameters + statistics), gradients: BYTES * parameters, slots: BYTES * parameters * slots, activations: BYTES * outputs * batch }
  return { parameters, flops, ...sizes, memory: sizes.weights + sizes.gradients + sizes.slots + sizes.activations }
}
