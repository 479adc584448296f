import { layerRegistry } from '@shared/catalog/layers'
import type { ModelNode, Scene } from './model'
import { freeId, idsOf, insertAfter, removeNodes, sourcesOf, targetsOf, type ArityOf } from './operations'

/** Where a batch normalization stands to the activation beside it; null where there is none that could change sides. */
export function placeOf(scene: Scene, id: string): 'before' | 'after' | null {
  return around(scene, id)?.place ?? null
}

/** Changes sides with the activation: that of the layer before becomes a layer behind, or the other way round. */
export function changeSides(scene: Scene, id: string, arity: ArityOf): Scene | null {
  const found = around(scene, id)
  if (found === null) return null
  const { source } = found
  if (found.place === 'after') {
    const linear = withActivation(scene, source.id, 'linear')
    return insertAfter(linear, { id: freeId('activation', idsOf(scene)), type: 'activation', activation: source.activation }, id, arity)
  }
  return withActivation(removeNodes(scene, new Set([found.activation.id])), source.id, found.activation.activation)
}

type Around = { readonly place: 'after'; readonly source: ModelNode } | { readonly place: 'before'; readonly source: ModelNode; readonly activation: ModelNode }

function around(scene: Scene, id: string): Around | null {
  const [sources, targets] = [sourcesOf(scene, id), targetsOf(scene, id)]
  const source = scene.nodes.find((node) => node.id === sources[0])
  if (sources.length !== 1 || source === undefined || targetsOf(scene, source.id).length !== 1) return null
  if (!('activation' in (layerRegistry.get(source.type)?.options.shape ?? {})) || source.type === 'activation') return null
  if (!isLinear(source)) return { place: 'after', source }
  const activation = scene.nodes.find((node) => node.id === targets[0])
  return targets.length === 1 && activation?.type === 'activation' ? { place: 'before', source, activation } : null
}

function isLinear({ activation }: ModelNode): boolean {
  const type = typeof activation === 'object' && activation !== null && 'type' in activation ? activation.type : activation
  return type === undefined || type === 'linear'
}

function withActivation(scene: Scene, id: string, activation: ModelNode[string]): Scene {
  return { ...scene, nodes: scene.nodes.map((node) => (node.id === id ? { ...node, activation } : node)) }
}
