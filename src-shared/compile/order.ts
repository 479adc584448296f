import type { Issue } from '@shared/spec/issue'
import { issue } from '@shared/spec/issue'

/** What ordering needs of a model: `nodes` with unique ids, `edges` from id to id. */
export interface NodeGraph {
  readonly nodes: readonly { readonly id: string; readonly type: string }[]
  readonly edges: readonly (readonly [string, string])[]
}

export interface OrderedNode {
  readonly id: string
  /** Position in `nodes`, for issue paths. */
  readonly index: number
  /** Ids of the nodes whose outputs enter, in the order of the edges. */
  readonly inputs: readonly string[]
}

/** Nodes so that inputs come before their users, or every problem of ids, edges, cycles and ends. */
export function orderNodes(model: NodeGraph): { readonly nodes: readonly OrderedNode[]; readonly output: string } | { readonly issues: readonly Issue[] } {
  const issues = [...idIssues(model), ...edgeIssues(model)]
  if (issues.length > 0) return { issues }
  const ordered = topological(model)
  if (ordered.length < model.nodes.length) return { issues: [cycleIssue(model, ordered)] }
  const ends = endIssues(model)
  if (ends.length > 0) return { issues: ends }
  const sources = new Set(model.edges.map(([from]) => from))
  const output = model.nodes.filter((node) => !sources.has(node.id))[0].id
  return { nodes: ordered, output }
}

function idIssues({ nodes }: NodeGraph): Issue[] {
  const seen = new Set<string>()
  return nodes.flatMap((node, index) => {
    const repeated = seen.has(node.id)
    seen.add(node.id)
    return repeated ? [issue('model-duplicate-id', ['model', 'nodes', index, 'id'], { id: node.id })] : []
  })
}

function edgeIssues({ nodes, edges }: NodeGraph): Issue[] {
  const ids = new Set(nodes.map((node) => node.id))
  const seen = new Set<string>()
  return edges.flatMap(([from, to], index) => {
    const found: Issue[] = []
    for (const [end, id] of [from, to].entries()) {
      if (!ids.has(id)) found.push(issue('model-edge-unknown-node', ['model', 'edges', index, end], { id, known: [...ids].join(', ') }))
    }
    const key = JSON.stringify([from, to])
    if (seen.has(key)) found.push(issue('model-duplicate-edge', ['model', 'edges', index], { from, to }))
    seen.add(key)
    return found
  })
}

/** Kahn's algorithm; among ready nodes the first in document order, so that the order is stable under edits elsewhere. */
function topological({ nodes, edges }: NodeGraph): OrderedNode[] {
  const inputs = new Map<string, string[]>(nodes.map((node) => [node.id, []]))
  for (const [from, to] of edges) inputs.get(to)?.push(from)
  const placed = new Set<string>()
  const ordered: OrderedNode[] = []
  for (;;) {
    const index = nodes.findIndex((node) => !placed.has(node.id) && (inputs.get(node.id) ?? []).every((id) => placed.has(id)))
    if (index < 0) return ordered
    const { id } = nodes[index]
    placed.add(id)
    ordered.push({ id, index, inputs: inputs.get(id) ?? [] })
  }
}

function cycleIssue({ nodes, edges }: NodeGraph, ordered: readonly OrderedNode[]): Issue {
  const placed = new Set(ordered.map((node) => node.id))
  const left = nodes.filter((node) => !placed.has(node.id)).map((node) => node.id)
  const next = new Map<string, string>()
  for (const [from, to] of edges) if (!placed.has(from) && !placed.has(to)) next.set(to, from)
  const trail = [left[0]]
  for (;;) {
    const before = next.get(trail[0])
    if (before === undefined) break
    const seenAt = trail.indexOf(before)
    trail.unshift(before)
    if (seenAt >= 0) return issue('model-cycle', ['model', 'edges'], { cycle: trail.slice(0, seenAt + 2).join(' → ') })
  }
  return issue('model-cycle', ['model', 'edges'], { cycle: left.join(', ') })
}

function endIssues({ nodes, edges }: NodeGraph): Issue[] {
  const sources = new Set(edges.map(([from]) => from))
  const outputs = nodes.filter((node) => !sources.has(node.id))
  const inputs = nodes.filter((node) => node.type === 'input')
  const issues: Issue[] = []
  if (inputs.length === 0) issues.push(issue('model-no-input', ['model', 'nodes']))
  if (inputs.length > 1) issues.push(issue('model-several-inputs', ['model', 'nodes'], { ids: inputs.map((node) => node.id).join(', ') }))
  if (outputs.length > 1) issues.push(issue('model-several-outputs', ['model', 'nodes'], { ids: outputs.map((node) => node.id).join(', ') }))
  return issues
}
