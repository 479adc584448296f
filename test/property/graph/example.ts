import { Graph, gradients, mul, reduceSum } from '@shared/graph'
import type { DType, Shape, Tensor, Values } from '@shared/graph'
import { real } from './draw'
import type { Draw } from './draw'

export interface ExampleInput {
  readonly dtype: DType
  readonly shape: Shape
  readonly data: Float64Array
  /** Whether the op's gradient flows to it. */
  readonly differentiable: boolean
}

/** One application of an op to concrete operands. */
export interface Example {
  readonly inputs: readonly ExampleInput[]
  readonly lower: (inputs: readonly Tensor[]) => Tensor
}

export interface BuiltCase {
  readonly graph: Graph
  readonly outputs: Tensor[]
  readonly feeds: Map<string, Values>
}

/** How an op is exercised. */
export interface OpEntry {
  /** A random example, away from kinks and ties: finite differences hold there. */
  readonly random: (draw: Draw) => Example
  /** Examples of edge cases (ties, extremes): compared with PyTorch's values and among engines, not differentiated numerically. */
  readonly edges?: readonly Example[]
}

/** A float32 operand; its values are rounded to float32, so that engines start from the same numbers as the reference. */
export function float(shape: Shape, data: Float64Array | readonly number[], differentiable = true): ExampleInput {
  return { dtype: 'float32', shape, data: Float64Array.from(data, Math.fround), differentiable }
}

/** A float32 operand to which no gradient flows. */
export function fixed(shape: Shape, data: Float64Array | readonly number[]): ExampleInput {
  return float(shape, data, false)
}

export function int(shape: Shape, data: Float64Array | readonly number[]): ExampleInput {
  return { dtype: 'int32', shape, data: Float64Array.from(data), differentiable: false }
}

export function bool(shape: Shape, data: Float64Array | readonly number[]): ExampleInput {
  return { dtype: 'bool', shape, data: Float64Array.from(data), differentiable: false }
}

export interface BuiltExample {
  readonly graph: Graph
  readonly inputs: readonly Tensor[]
  readonly y: Tensor
  readonly feeds: Map<string, Values>
  /** Inputs that a gradient flows to. */
  readonly variables: readonly Tensor[]
}

/** The example as a graph; operands are inputs `x0`, `x1`, …. */
export function buildExample({ inputs: operands, lower }: Example): BuiltExample {
  const graph = new Graph()
  const inputs = operands.map(({ dtype, shape }, at) => graph.input(`x${at}`, dtype, shape))
  const feeds = new Map<string, Values>(operands.map(({ shape, data }, at) => [`x${at}`, { shape, data }]))
  const y = lower(inputs)
  const variables = y.dtype === 'float32' ? inputs.filter((_, at) => operands[at].differentiable) : []
  return { graph, inputs, y, feeds, variables }
}

/** Σ y · dy with `dy` fed as an input of y's shape: its gradients are the op's vector-Jacobian products. */
export function weighted({ graph, feeds }: Pick<BuiltExample, 'graph' | 'feeds'>, name: string, y: Tensor, draw: Draw): Tensor {
  const dy = graph.input(name, 'float32', y.shape)
  feeds.set(name, { shape: y.shape, data: real(draw, y.shape) })
  return reduceSum(mul(y, dy), { axes: y.shape.map((_, axis) => axis) })
}

/** Outputs: the value, and the gradient of every variable. */
export function buildCase(example: Example, draw: Draw): BuiltCase {
  const built = buildExample(example)
  const outputs = [built.y]
  if (built.variables.length > 0) outputs.push(...gradients(weighted(built, 'dy', built.y, draw), built.variables))
  return { graph: built.graph, outputs, feeds: built.feeds }
}
