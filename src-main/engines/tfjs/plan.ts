import type { Program } from '@shared/compile/program'
import { constantOp, inputOp, reachable } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import type { Kernel } from './form'
import { FORMS } from './ops'

/** One computed tensor of a program. */
export interface Instruction {
  readonly node: Tensor
  readonly kernel: Kernel
  /** Ids of computed tensors that nothing needs after this instruction. */
  readonly release: readonly number[]
}

/** What a step executes, in graph order; tensors that neither an output nor a new state needs are left out. */
export interface Plan {
  readonly leaves: readonly Tensor[]
  readonly instructions: readonly Instruction[]
}

export function planProgram(program: Program): Plan {
  const roots = rootsOf(program)
  const nodes = reachable(roots)
  const computed = nodes.filter((node) => !isLeaf(node))
  const release = lastUses(computed, new Set(roots))
  return {
    leaves: nodes.filter(isLeaf),
    instructions: computed.map((node) => ({ node, kernel: kernelOf(node), release: release.get(node.id) ?? [] })),
  }
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

/** By the id of the last instruction that reads it: computed tensors that may go then. Roots stay to the end. */
function lastUses(computed: readonly Tensor[], roots: ReadonlySet<Tensor>): Map<number, number[]> {
  const lastReader = new Map<number, number>()
  for (const node of computed) for (const input of node.inputs) {
    if (!isLeaf(input) && !roots.has(input)) lastReader.set(input.id, node.id)
  }
  const release = new Map<number, number[]>()
  for (const [id, reader] of lastReader) release.set(reader, [...(release.get(reader) ?? []), id])
  return release
}
