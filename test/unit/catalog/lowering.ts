import { layerRegistry, type LayerNode, type LayerScope, nodeSchema, type WeightRequest } from '@shared/catalog/layers'
import type { ModelOutput } from '@shared/catalog/losses'
import { randomBits, type Graph, type Shape, type Tensor, type Values } from '@shared/graph'

/** A tensor as the fixtures hold it. */
export interface Packed {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

export function unpack({ shape, data }: Packed): Values {
  return { shape, data: Float64Array.from(data) }
}

/** A scope that makes every weight and statistic a graph input of its own name, and remembers what was asked for. */
export class RecordingScope implements LayerScope {
  readonly requests: WeightRequest[] = []
  readonly weights = new Map<string, Tensor>()
  readonly updates = new Map<string, Tensor>()
  readonly reports = new Map<string, Tensor>()
  readonly activities: { readonly activity: Tensor; readonly regularizer: { readonly type: string } }[] = []

  constructor(
    readonly graph: Graph,
    readonly training: boolean,
    readonly prefix = '',
  ) {}

  weight(request: WeightRequest): Tensor {
    this.requests.push(request)
    const tensor = this.graph.input(this.prefix + request.name, 'float32', request.shape)
    this.weights.set(request.name, tensor)
    return tensor
  }

  statistic(name: string, shape: Shape): Tensor {
    return this.graph.input(this.prefix + name, 'float32', shape)
  }

  updateStatistic(name: string, next: Tensor): void {
    this.updates.set(name, next)
  }

  step(): Tensor {
    const name = `${this.prefix}step`
    return this.graph.inputs.get(name) ?? this.graph.input(name, 'float32', [])
  }

  report(name: string, value: Tensor): void {
    this.reports.set(name, value)
  }

  penalize(activity: Tensor, regularizer: { readonly type: string }): void {
    this.activities.push({ activity, regularizer })
  }

  randomBits(shape: Shape): Tensor {
    return randomBits(this.graph.input(`${this.prefix}key`, 'int32', [2]), shape)
  }
}

/** A node as a document would hold it, parsed; its definition; and a shorthand to lower it. */
export function layerOf(written: Readonly<Record<string, unknown>>) {
  const node: LayerNode = nodeSchema.parse({ id: 'layer', ...written })
  const definition = layerRegistry.get(node.type)
  if (definition === undefined) throw new Error(`no layer ${node.type}`)
  return {
    node,
    infer: (...inputs: readonly Shape[]) => definition.infer(inputs, node),
    lower: (scope: LayerScope, inputs: readonly Tensor[]) => definition.lower(scope, inputs, node),
  }
}

/** Lowers a whole model in the order of its nodes; weights become inputs `node.weight`. */
export function lowerNetwork(graph: Graph, nodes: readonly Readonly<Record<string, unknown>>[], edges: readonly (readonly string[])[], features: Tensor) {
  const outputs = new Map<string, Tensor>()
  const weights = new Map<string, Tensor>()
  let output = features
  for (const written of nodes) {
    const { node, lower } = layerOf(written)
    const id = String(node.id)
    const scope = new RecordingScope(graph, true, `${id}.`)
    const inputs = edges.filter(([, to]) => to === id).map(([from]) => outputs.get(from) as Tensor)
    output = lower(scope, node.type === 'input' ? [features] : inputs)
    outputs.set(id, output)
    for (const [name, weight] of scope.weights) weights.set(`${id}.${name}`, weight)
  }
  return { model: modelOutput(output), weights }
}

/** As the compiler hands a model's last tensor to losses: with what went into its softmax or sigmoid. */
export function modelOutput(output: Tensor): ModelOutput {
  const { op } = output
  return { output, logits: op === 'softmax' || op === 'sigmoid' ? { tensor: output.inputs[0], activation: op } : null }
}
