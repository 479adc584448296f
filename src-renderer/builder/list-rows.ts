import type { ModelNode, Scene } from './model'
import { inOrder, sourcesOf } from './operations'

export interface Row {
  readonly node: ModelNode
  /** What feeds it; empty where that is simply the row above. */
  readonly from: readonly string[]
}

/** The model as a list, in the order of execution. */
export function rowsOf(scene: Scene): readonly Row[] {
  const nodes = inOrder(scene)
  return nodes.map((node, index) => {
    const sources = sourcesOf(scene, node.id)
    const above = index > 0 && sources.length === 1 && sources[0] === nodes[index - 1].id
    return { node, from: above ? [] : sources }
  })
}
