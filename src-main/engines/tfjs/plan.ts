import * as tf from '@tensorflow/tfjs-core'
import type { Program } from '@shared/compile/program'
import { constantOp, inputOp, reachable } from '@shared/graph'
import type { ConstantAttrs, Tensor } from '@shared/graph'
import { upload } from './backend'
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
  return planTensors(rootsOf(program))
}

/** The same for some tensors of any graph: the body of an op, too. */
export function planTensors(roots: readonly Tensor[]): readonly PlanNode[] {
  const nodes = reachable(roots)
  const release = lastUses(nodes, new Set(roots))
  return nodes.map((node) => ({ node, kernel: isLeaf(node) ? null : kernelOf(node), release: release.get(node.id) ?? [] }))
}

/** Values by the id of their tensor. */
export type StepValues = Map<number, tf.Tensor>

/** The constants of a plan, on the device. */
export function uploadConstants(plan: readonly PlanNode[]): StepValues {
  const constants = plan.filter(({ node }) => node.op === constantOp.name)
  return new Map(constants.map(({ node }) => {
    const { data, shape, dtype } = node.attrs as ConstantAttrs
    return [node.id, upload(data, shape, dtype)]
  }))
}

/** Adds to the values of all leaves what is computed from them, until `observe` says no. Inside a `tf.tidy`, which disposes what is left. */
export function runPlan(plan: readonly PlanNode[], values: StepValues, observe: (node: Tensor, value: tf.Tensor) => boolean = () => true): void {
  for (const { node, kernel, release } of plan) {
    if (kernel) values.set(node.id, compute(kernel, node.inputs.map((input) => valueOf(values, input))))
    if (!observe(node, valueOf(values, node))) return
    for (const id of release) values.get(id)?.dispose()
  }
}

export function valueOf(values: StepValues, tensor: Tensor): tf.Tensor {
  const value = values.get(tensor.id)
  if (!value) throw new Error(`tfjs: ${tensor.op} ${tensor.id} has no value: is this input declared in the program?`)
  return value
}

/** The kernel's result. Where it is an operand itself, a second handle of it, so that each value has one owner. */
function compute(kernel: Kernel, inputs: readonly tf.Tensor[]): tf.Tensor {
  return tf.tidy(() => {
    const result = kernel(...inputs)
    return inputs.includes(result) ? result.clone() : result
  })
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
