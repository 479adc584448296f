import type { TargetInfo } from '@shared/catalog/losses/loss'
import { layerRegistry, type LayerNode } from '@shared/catalog/layers'
import type { Shape } from '@shared/graph'
import type { Issue } from '@shared/spec/issue'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import { orderNodes, type OrderedNode } from './order'

/** What the model is trained on, as far as shapes are concerned. */
export interface DataShape {
  /** One sample, no batch axis. */
  readonly sample: Shape
  readonly target: TargetInfo
  /** What the matched layer of a teacher gives for a sample; absent where none is matched, or the teacher is not known. */
  readonly feature?: Shape
}

export interface ModelDocument {
  readonly nodes: readonly (LayerNode & { readonly id: string })[]
  readonly edges: readonly (readonly [string, string])[]
}

/** A model whose shapes fit, in execution order. */
export interface CheckedModel {
  readonly nodes: readonly { readonly node: LayerNode & { readonly id: string }; readonly inputs: readonly string[]; readonly shape: Shape }[]
  /** Id of the one node nothing follows. */
  readonly output: string
  readonly outputShape: Shape
}

/** Orders the nodes and infers every shape; all problems found on the way, each at its node. */
export function checkModel(model: ModelDocument, sample: Shape): Result<CheckedModel> {
  const order = orderNodes(model)
  if ('issues' in order) return failure(...order.issues)
  const { shapes, issues } = inferShapes(model, order.nodes, { sample, isReadable: () => true })
  if (issues.length > 0) return failure(...issues)
  const shapeOf = (id: string): Shape => shapes.get(id) ?? []
  return success({
    nodes: order.nodes.map(({ id, index, inputs }) => ({ node: model.nodes[index], inputs, shape: shapeOf(id) })),
    output: order.output,
    outputShape: shapeOf(order.output),
  })
}

/** What may be asked of a model and its data. */
interface Known {
  /** One sample; null where the data is not known. */
  readonly sample: Shape | null
  /** Whether the options of the node at this place are valid. */
  readonly isReadable: (index: number) => boolean
}

/** Problems of inputs and shapes, as far as these can be told. */
export function shapeIssues(model: ModelDocument, order: readonly OrderedNode[], known: Known): readonly Issue[] {
  return inferShapes(model, order, known).issues
}

function inferShapes(model: ModelDocument, order: readonly OrderedNode[], known: Known): { readonly shapes: ReadonlyMap<string, Shape>; readonly issues: readonly Issue[] } {
  const shapes = new Map<string, Shape>()
  const issues: Issue[] = []
  for (const placed of order) {
    const found = inferNode(model, placed, shapes, known)
    if ('issue' in found) issues.push(found.issue)
    else if (found.shape !== null) shapes.set(placed.id, found.shape)
  }
  return { shapes, issues }
}

/** The node's shape; null where it cannot be told: an input has none, or its own options are not valid. */
function inferNode(
  model: ModelDocument,
  { index, inputs }: OrderedNode,
  shapes: ReadonlyMap<string, Shape>,
  { sample, isReadable }: Known,
): { readonly shape: Shape | null } | { readonly issue: Issue } {
  const node = model.nodes[index]
  const path = ['model', 'nodes', index] as const
  const definition = layerRegistry.get(node.type)
  if (definition === undefined) {
    if (isReadable(index)) throw new Error(`layer ${node.type} passed validation but is not registered`)
    return { shape: null }
  }
  const [least, most] = definition.arity
  if (inputs.length < least || inputs.length > most) {
    return { issue: issue('model-arity', path, { id: node.id, type: node.type, found: inputs.length, least, most: most === Infinity ? '∞' : most }) }
  }
  if (!isReadable(index)) return { shape: null }
  if (node.type === 'input') return sample === null ? { shape: null } : inputShape(node, path, sample)
  const known = inputs.map((id) => shapes.get(id))
  const entering = known.filter((shape) => shape !== undefined)
  if (entering.length < known.length) return { shape: null }
  const result = definition.infer(entering, node)
  if ('shape' in result) return { shape: result.shape }
  const { code, args, option } = result.problem
  return { issue: issue(code, option === undefined ? path : [...path, option], { node: node.id, ...args }) }
}

function inputShape(node: LayerNode & { readonly id: string }, path: readonly (string | number)[], sample: Shape): { readonly shape: Shape } | { readonly issue: Issue } {
  const declared = 'shape' in node && Array.isArray(node.shape) ? (node.shape as Shape) : sample
  if (declared.length === sample.length && declared.every((extent, axis) => extent === sample[axis])) return { shape: sample }
  return { issue: issue('model-input-shape', [...path, 'shape'], { node: node.id, declared: `[${declared.join(', ')}]`, data: `[${sample.join(', ')}]` }) }
}
