import { Graph, layout } from '@dagrejs/dagre'
import type { Position, Scene } from './model'

/** Every node takes the same room on the canvas. */
export const NODE_WIDTH = 184
export const NODE_HEIGHT = 68
const LAYER_GAP = 36
const SIDE_GAP = 32

let arranged: { readonly key: string; readonly places: Readonly<Record<string, Position>> } | null = null

/** Places for all nodes, inputs on top, edges going down; whole numbers, the same for the same model. */
export function arrange(scene: Pick<Scene, 'nodes' | 'edges'>): Readonly<Record<string, Position>> {
  // Options change far more often than nodes and edges, and places do not depend on them.
  const key = JSON.stringify([scene.nodes.map(({ id }) => id), scene.edges])
  if (arranged?.key !== key) arranged = { key, places: computePlaces(scene) }
  return arranged.places
}

function computePlaces({ nodes, edges }: Pick<Scene, 'nodes' | 'edges'>): Readonly<Record<string, Position>> {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', ranksep: LAYER_GAP, nodesep: SIDE_GAP })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const [from, to] of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to)
  layout(graph)
  return Object.fromEntries(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as { readonly x: number; readonly y: number }
      return [id, [Math.round(x - NODE_WIDTH / 2), Math.round(y - NODE_HEIGHT / 2)]]
    }),
  )
}

/** Where every node is shown: placed ones where they were put, new ones below what they follow, beside what is there. */
export function placesOf(scene: Scene): Readonly<Record<string, Position>> {
  const placed = scene.nodes.filter(({ id }) => id in scene.positions)
  if (placed.length === 0) return arrange(scene)
  const places: Record<string, Position> = Object.fromEntries(placed.map(({ id }) => [id, scene.positions[id]]))
  for (const { id } of scene.nodes) {
    if (id in places) continue
    const sources = scene.edges.flatMap(([from, to]) => (to === id && from in places ? [places[from]] : []))
    places[id] = freePlace(sources, Object.values(places))
  }
  return places
}

function freePlace(sources: readonly Position[], taken: readonly Position[]): Position {
  const lowest = (of: readonly Position[]): Position => of.reduce((low, place) => (place[1] > low[1] ? place : low))
  const [x, above] = lowest(sources.length > 0 ? sources : taken)
  const y = above + NODE_HEIGHT + LAYER_GAP
  for (let column = 0; ; column++) {
    const place: Position = [x + column * (NODE_WIDTH + SIDE_GAP), y]
    if (!taken.some((other) => overlaps(place, other))) return place
  }
}

export function overlaps(one: Position, other: Position): boolean {
  return Math.abs(one[0] - other[0]) < NODE_WIDTH && Math.abs(one[1] - other[1]) < NODE_HEIGHT
}

/** The other places with room made at `at`: where something lies there, it and all below it moves down by one row. */
export function withRoomAt(at: Position, places: Readonly<Record<string, Position>>): Readonly<Record<string, Position>> {
  if (!Object.values(places).some((place) => overlaps(at, place))) return places
  return Object.fromEntries(Object.entries(places).map(([id, [x, y]]): [string, Position] => [id, y > at[1] - NODE_HEIGHT ? [x, y + NODE_HEIGHT + LAYER_GAP] : [x, y]]))
}

/** Right below a node. */
export function below([x, y]: Position): Position {
  return [x, y + NODE_HEIGHT + LAYER_GAP]
}

/** How far to move a copy so that it covers nothing. */
export function freeNear(copied: readonly Position[], taken: readonly Position[]): Position {
  if (copied.length === 0) return [0, 0]
  for (let step = 1; ; step++) {
    const offset: Position = [step * (NODE_WIDTH + SIDE_GAP), 0]
    if (copied.every(([x, y]) => !taken.some((other) => overlaps([x + offset[0], y + offset[1]], other)))) return offset
  }
}
