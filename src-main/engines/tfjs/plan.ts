import type { Program } from '@shared/compile/program'
import { constantOp, inputOp, reachable } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import type { Kernel } from './form'
import { FORMS } from './ops'

/** One tensor of a step. */
export interface PlanNode {
  readonly node: Tensor
  /** Null for inputs and constants, whose values are given. */
  readonly kernel: Kernel | null
  /** Ids of computed tensors that nothing needs after this one. */
  readonly release: readonly number[]
}

/** What a step executes, in graph order; tensors that neither an output nor a new state needs are left out. */
export function planProgram(program: Program): readonly PlanNode[] {
  const roots = rootsOf(program)
  const nodes = reachable(roots)
  const release = lastUses(nodes, new Set(roots))
  return nodes.map((node) => ({ node, kernel: isLeaf(node) ? null : kernelOf(node), release: release.get(node.id) ?? [] }))
}

function rootsOf(program: Program): Tensor[] {
  return [...program.outputs.map(({ tensor }) => tensor), ...program.state.flatMap(({ next }) => next ?? [])]
}

function isLeaf(node: Tensor): boolean {
  return node.op === inputOp.name || node.op === constantOp.name
}

function kernelOf(node: Tensor): Kernel {
  const form = FORMS.get(node.op)
  if (!form) throw new Error(`tfjs: no form of ${node.op}`)
  return form(node.attrs, node)
}

/** By the id of the last tensor that is computed from them: computed tensors that may go then. Roots stay to the end. */
function lastUses(nodes: readonly Tensor[], roots: ReadonlySet<Tensor>): Map<number, number[]> {
  const lastReader = new Map<number, number>()
  for (const node of nodes) for (const input of node.inputs) {
    if (!isLeaf(input) && !roots.has(input)) lastReader.set(input.id, node.id)
  }
  const release = new Map<number, number[]>()
  for (const [id, reader] of lastReader) release.set(reader, [...(release.get(reader) ?? []), id])
  return release
}
