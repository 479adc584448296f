import { layerRegistry, type LayerNode } from '@shared/catalog/layers'
import type { LayerScope } from '@shared/catalog/layers/layer'
import type { ModelOutput } from '@shared/catalog/losses/loss'
import type { Graph, Tensor } from '@shared/graph'
import type { CheckedModel } from './model'

/** A model's output, and that of every layer by id. */
export interface LoweredModel extends ModelOutput {
  readonly layers: ReadonlyMap<string, Tensor>
}

/**
 * Appends the model for a batch of features `[batch, …sample]`. Where the last op is a softmax or sigmoid, its operand
 * is given as logits: losses are computed on them and the activation itself is dead code in training.
 */
export function lowerModel(model: CheckedModel, graph: Graph, features: Tensor, scopeOf: (layer: string) => LayerScope): LoweredModel {
  const outputs = new Map<string, Tensor>()
  for (const { node, inputs } of model.nodes) {
    outputs.set(node.id, node.type === 'input' ? features : lowerNode(graph, node, inputs.map((id) => known(outputs, id)), scopeOf))
  }
  const output = known(outputs, model.output)
  const { op } = output
  const logits = op === 'softmax' || op === 'sigmoid' ? { tensor: output.inputs[0], activation: op } as const : null
  return { output, logits, layers: outputs }
}

function lowerNode(graph: Graph, node: LayerNode & { readonly id: string }, inputs: readonly Tensor[], scopeOf: (layer: string) => LayerScope): Tensor {
  const definition = layerRegistry.get(node.type)
  if (definition === undefined) throw new Error(`layer ${node.type} is not registered`)
  return graph.scoped(node.id, () => definition.lower(scopeOf(node.id), inputs, node))
}

function known(outputs: ReadonlyMap<string, Tensor>, id: string): Tensor {
  const tensor = outputs.get(id)
  if (tensor === undefined) throw new Error(`layer ${id} is used before it is lowered`)
  return tensor
}
