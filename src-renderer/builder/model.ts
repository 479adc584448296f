import type { Json, JsonObject } from '@renderer/stores/edit'
import { isObject } from '@renderer/components/form/values'
import { normalizeModel, type Issue } from '@shared/spec'

/** A layer as it stands in the document: options may be missing or wrong. */
export type ModelNode = { readonly id: string; readonly type: string } & JsonObject
export type Edge = readonly [from: string, to: string]
export type Position = readonly [x: number, y: number]

/** What the canvas shows and edits: the model with every node named and every edge written out, and where nodes lie. */
export interface Scene {
  readonly nodes: readonly ModelNode[]
  readonly edges: readonly Edge[]
  /** Of the nodes that a person has placed. None at all: the layout is automatic. */
  readonly positions: Readonly<Record<string, Position>>
}

/** A connection's name: ids hold no arrows. */
export function edgeId([from, to]: Edge): string {
  return `${from}→${to}`
}

export const EMPTY_SCENE: Scene = { nodes: [], edges: [], positions: {} }

/** Reads the model, however incomplete; null where it is no list of layers at all and only the JSON view can help. */
export function readScene(model: Json | undefined, view: Json | undefined): Scene | null {
  if (model === undefined) return EMPTY_SCENE
  if (!isObject(model)) return null
  const { nodes = [], edges } = model
  if (!isNodeList(nodes)) return null
  if (edges !== undefined && !isEdgeList(edges)) return null
  // Ids, inputs and edges are all that normalizing looks at, and these are checked above.
  const normal = normalizeModel({ nodes: nodes as never, edges: edges as [string, string][] | undefined })
  const positions = readPositions(view)
  // An empty list of layers means an empty canvas, not a chain that lacks its input.
  if (nodes.length === 0) return { ...EMPTY_SCENE, positions }
  // Nodes that were not touched stay the same objects: what shows them need not be drawn anew.
  const written = new Map(nodes.map((node) => [node.id, node]))
  return { nodes: normal.nodes.map((node) => written.get(node.id) ?? (node as unknown as ModelNode)), edges: normal.edges, positions }
}

/** The document with the scene as its model, ids and edges written out. */
export function writeScene(document: JsonObject, { nodes, edges, positions }: Scene): JsonObject {
  const view = isObject(document.view) ? document.view : {}
  const { nodes: _, ...others } = view
  const placed = Object.keys(positions).length === 0 ? others : { ...others, nodes: positions as unknown as JsonObject }
  const model = { ...(isObject(document.model) ? document.model : {}), nodes, edges: edges as unknown as Json }
  const { view: __, ...rest } = document
  return Object.keys(placed).length === 0 ? { ...rest, model } : { ...rest, model, view: placed }
}

/**
 * The nodes that an issue is about. Issues of a document that does not parse count its own nodes; those of the model
 * check count normalized ones, which an added input shifts by one.
 */
export function nodesOfIssue(issue: Issue, scene: Scene, rawCount: number, parsed: boolean): readonly string[] {
  const [area, list, index] = issue.path
  if (area !== 'model') return typeof issue.args.node === 'string' && scene.nodes.some(({ id }) => id === issue.args.node) ? [issue.args.node] : []
  if (list === 'nodes' && typeof index === 'number') {
    const shift = parsed ? 0 : scene.nodes.length - rawCount
    const node = scene.nodes.at(index + shift)
    return node === undefined ? [] : [node.id]
  }
  if (list === 'edges' && typeof index === 'number') return [...(scene.edges.at(index) ?? [])]
  const named = [issue.args.ids, issue.args.cycle].filter((text) => typeof text === 'string').flatMap((text) => text.split(/, | → /))
  return scene.nodes.filter(({ id }) => named.includes(id)).map(({ id }) => id)
}

function isNodeList(value: Json): value is readonly ModelNode[] {
  if (!Array.isArray(value)) return false
  const nodes = value as readonly Json[]
  const ids = nodes.flatMap((node) => (isObject(node) && typeof node.id === 'string' ? [node.id] : []))
  return new Set(ids).size === ids.length && nodes.every((node) => isObject(node) && typeof node.type === 'string' && (node.id === undefined || typeof node.id === 'string'))
}

function isEdgeList(value: Json): boolean {
  return Array.isArray(value) && value.every((edge) => Array.isArray(edge) && edge.length === 2 && edge.every((end) => typeof end === 'string'))
}

function readPositions(view: Json | undefined): Readonly<Record<string, Position>> {
  if (!isObject(view) || !isObject(view.nodes)) return {}
  return Object.fromEntries(
    Object.entries(view.nodes).flatMap(([id, place]) => {
      const valid = Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'number' && Number.isFinite(part))
      return valid ? [[id, place as unknown as Position]] : []
    }),
  )
}
