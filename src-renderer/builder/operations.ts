import type { Edge, ModelNode, Position, Scene } from './model'

/**
 * Edits of a scene: pure, so that undo is keeping the value from before. Every result has unique ids, and edges only
 * between its nodes, each once and never in a circle.
 */

export type Refusal = 'unknown-node' | 'same-node' | 'already-connected' | 'cycle' | 'takes-no-input'
export type Connected = { readonly scene: Scene } | { readonly refused: Refusal }

/** How many edges may enter a node; by type, unknown types anything. */
export type ArityOf = (type: string) => readonly [number, number]

/** `dense1`, `dense2`, …; `input` itself while it is free. */
export function freeId(wish: string, taken: ReadonlySet<string>): string {
  if (wish === 'input' && !taken.has(wish)) return wish
  const stem = wish.replace(/\d+$/, '') || 'layer'
  let count = 1
  while (taken.has(`${stem}${count}`)) count++
  return `${stem}${count}`
}

export function idsOf({ nodes }: Pick<Scene, 'nodes'>): Set<string> {
  return new Set(nodes.map(({ id }) => id))
}

export function sourcesOf(scene: Scene, id: string): readonly string[] {
  return scene.edges.flatMap(([from, to]) => (to === id ? [from] : []))
}

export function targetsOf(scene: Scene, id: string): readonly string[] {
  return scene.edges.flatMap(([from, to]) => (from === id ? [to] : []))
}

/** Adds a node without connections. */
export function addNode(scene: Scene, node: ModelNode, at: Position | null): Scene {
  return { ...scene, nodes: [...scene.nodes, node], positions: at === null ? scene.positions : { ...scene.positions, [node.id]: at } }
}

/** Adds a node behind another one: what followed that one now follows the new node. */
export function insertAfter(scene: Scene, node: ModelNode, after: string, arity: ArityOf): Scene {
  const index = scene.nodes.findIndex(({ id }) => id === after)
  const nodes = scene.nodes.toSpliced(index + 1, 0, node)
  if (index < 0 || arity(node.type)[1] === 0) return { ...scene, nodes }
  const edges = scene.edges.map(([from, to]): Edge => (from === after ? [node.id, to] : [from, to]))
  return { ...scene, nodes, edges: [...edges, [after, node.id]] }
}

/** Puts a node on a connection. */
export function insertBetween(scene: Scene, node: ModelNode, [from, to]: Edge, at: Position | null): Scene {
  const added = addNode(scene, node, at)
  return { ...added, edges: added.edges.flatMap((edge): Edge[] => (sameEdge(edge, [from, to]) ? [[from, node.id], [node.id, to]] : [edge])) }
}

/** Connects two nodes. A node that takes one input lets go of the one it has. */
export function connect(scene: Scene, [from, to]: Edge, arity: ArityOf): Connected {
  const target = scene.nodes.find(({ id }) => id === to)
  if (target === undefined || !scene.nodes.some(({ id }) => id === from)) return { refused: 'unknown-node' }
  if (from === to) return { refused: 'same-node' }
  if (scene.edges.some((edge) => sameEdge(edge, [from, to]))) return { refused: 'already-connected' }
  const most = arity(target.type)[1]
  if (most === 0) return { refused: 'takes-no-input' }
  if (reaches(scene, to, from)) return { refused: 'cycle' }
  const kept = most === 1 ? scene.edges.filter((edge) => edge[1] !== to) : scene.edges
  return { scene: { ...scene, edges: [...kept, [from, to]] } }
}

export function disconnect(scene: Scene, edge: Edge): Scene {
  return { ...scene, edges: scene.edges.filter((each) => !sameEdge(each, edge)) }
}

/** Removes nodes; where one input entered, it goes on to what followed, so that a chain stays a chain. */
export function removeNodes(scene: Scene, ids: ReadonlySet<string>): Scene {
  return [...ids].reduce(removeNode, scene)
}

function removeNode(scene: Scene, id: string): Scene {
  const sources = sourcesOf(scene, id)
  const [source] = sources
  const bridged = scene.edges.flatMap(([from, to]): Edge[] => {
    if (to === id) return []
    if (from !== id) return [[from, to]]
    // The successor keeps its place among its other inputs: their order matters to a concatenation.
    return sources.length === 1 ? [[source, to]] : []
  })
  const { [id]: _, ...positions } = scene.positions
  return { nodes: scene.nodes.filter((node) => node.id !== id), edges: withoutRepeats(bridged), positions }
}

/** Null where the name is taken or not allowed. */
export function rename(scene: Scene, id: string, name: string): Scene | null {
  if (name === id) return scene
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name) || idsOf(scene).has(name)) return null
  const renamed = (each: string): string => (each === id ? name : each)
  return {
    nodes: scene.nodes.map((node) => (node.id === id ? { ...node, id: name } : node)),
    edges: scene.edges.map(([from, to]) => [renamed(from), renamed(to)]),
    positions: Object.fromEntries(Object.entries(scene.positions).map(([each, place]) => [renamed(each), place])),
  }
}

export function moveNodes(scene: Scene, places: Readonly<Record<string, Position>>): Scene {
  const ids = idsOf(scene)
  const known = Object.entries(places).filter(([id]) => ids.has(id))
  return { ...scene, positions: { ...scene.positions, ...Object.fromEntries(known) } }
}

/** A piece of a model, as it is copied. */
export type Fragment = Scene

export function copyOf(scene: Scene, ids: ReadonlySet<string>, places: Readonly<Record<string, Position>>): Fragment {
  return {
    nodes: scene.nodes.filter(({ id }) => ids.has(id)),
    edges: scene.edges.filter(([from, to]) => ids.has(from) && ids.has(to)),
    positions: Object.fromEntries(Object.entries(places).filter(([id]) => ids.has(id))),
  }
}

/** Adds a copy under free names, moved by `offset`; the new ids come in the fragment's order. */
export function paste(scene: Scene, fragment: Fragment, offset: Position): { readonly scene: Scene; readonly ids: readonly string[] } {
  const taken = idsOf(scene)
  const names = new Map<string, string>()
  for (const { id } of fragment.nodes) {
    const name = taken.has(id) ? freeId(id, taken) : id
    taken.add(name)
    names.set(id, name)
  }
  const named = (id: string): string => names.get(id) ?? id
  const nodes = fragment.nodes.map((node) => ({ ...node, id: named(node.id) }))
  const edges = fragment.edges.flatMap(([from, to]): Edge[] => (names.has(from) && names.has(to) ? [[named(from), named(to)]] : []))
  const positions = Object.fromEntries(Object.entries(fragment.positions).map(([id, [x, y]]): [string, Position] => [named(id), [x + offset[0], y + offset[1]]]))
  return {
    scene: { nodes: [...scene.nodes, ...nodes], edges: [...scene.edges, ...edges], positions: { ...scene.positions, ...positions } },
    ids: nodes.map(({ id }) => id),
  }
}

/** Takes a node out of its chain and puts it behind another one; null where it stands between several nodes. */
export function moveAfter(scene: Scene, id: string, after: string, arity: ArityOf): Scene | null {
  const node = scene.nodes.find((each) => each.id === id)
  if (node === undefined || id === after || !idsOf(scene).has(after) || arity(node.type)[1] === 0) return null
  if (sourcesOf(scene, id).length > 1) return null
  const { [id]: place } = scene.positions
  const moved = insertAfter(removeNode(scene, id), node, after, arity)
  return place === undefined ? moved : { ...moved, positions: { ...moved.positions, [id]: place } }
}

/** Nodes so that inputs come before their users, in document order where that leaves a choice; what lies on a cycle comes last. */
export function inOrder(scene: Scene): readonly ModelNode[] {
  const known = idsOf(scene)
  const awaited = new Map(scene.nodes.map(({ id }) => [id, 0]))
  const followers = new Map<string, string[]>(scene.nodes.map(({ id }) => [id, []]))
  for (const [from, to] of scene.edges) {
    if (!known.has(from) || !known.has(to)) continue
    awaited.set(to, (awaited.get(to) ?? 0) + 1)
    followers.get(from)?.push(to)
  }
  const ordered: ModelNode[] = []
  let left = scene.nodes
  for (;;) {
    const next = left.find(({ id }) => awaited.get(id) === 0)
    if (next === undefined) return [...ordered, ...left]
    ordered.push(next)
    left = left.filter((node) => node !== next)
    for (const id of followers.get(next.id) ?? []) awaited.set(id, (awaited.get(id) ?? 0) - 1)
  }
}

function reaches(scene: Scene, from: string, to: string): boolean {
  const seen = new Set([from])
  for (const id of seen) for (const next of targetsOf(scene, id)) seen.add(next)
  return seen.has(to)
}

function sameEdge(one: Edge, other: Edge): boolean {
  return one[0] === other[0] && one[1] === other[1]
}

function withoutRepeats(edges: readonly Edge[]): readonly Edge[] {
  const seen = new Set<string>()
  return edges.filter(([from, to]) => {
    const key = `${from}→${to}`
    const fresh = !seen.has(key)
    seen.add(key)
    return fresh
  })
}
