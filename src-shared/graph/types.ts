/** The tensor graph's data types. A tensor is a node: every op has exactly one output. */

/** `bool` holds comparison results; integers are class labels, indices and random bits. */
export type DType = 'float32' | 'int32' | 'bool'

/** Fixed extents, outermost first; `[]` is a scalar. Images are channels first: `[batch, channels, height, width]`. */
export type Shape = readonly number[]

export interface TensorType {
  readonly dtype: DType
  readonly shape: Shape
}

export type ConstantData = Float32Array | Int32Array | Uint8Array
export type AttrValue = number | string | boolean | readonly number[] | ConstantData | Body
export type Attrs = Readonly<Record<string, AttrValue>>

/** One node of the graph, together with its output. Only {@link Graph} makes them. */
export interface Tensor<A extends Attrs = Attrs> extends TensorType {
  /** Position in the graph: inputs always have smaller ids than the tensors that use them. */
  readonly id: number
  readonly graph: GraphBuilder
  readonly op: string
  readonly inputs: readonly Tensor[]
  readonly attrs: A
  /** Where it came from, for people: `dense1`, `optimizer/dense1.kernel`; empty when unscoped. */
  readonly scope: string
}

/** A function of tensors that an op applies again and again: a graph of its own, whose inputs stand in the order of the operands. */
export interface Body {
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  /** The same for bodies that compute the same; null where that would take comparing large constants. */
  readonly key: string | null
}

/** What a tensor needs of its graph, so that op functions can append to it. */
export interface GraphBuilder {
  append(op: OpDefinition, inputs: readonly Tensor[], attrs: Attrs): Tensor
}

/** Values of a tensor in the float64 reference: bool as 0/1, int32 exact. Row-major. */
export interface Values {
  readonly shape: Shape
  readonly data: Float64Array
}

/**
 * An op of the closed set. One file each under `ops/`; engines map `name` to their own form and must agree with
 * `evaluate`, which is the definition of what the op means.
 */
export interface OpDefinition<A extends Attrs = Attrs> {
  readonly name: string
  /** One sentence: what it computes, of which shapes, with which edge cases. */
  readonly doc: string
  /** The output's type; throws `ShapeError` on operands that do not fit. */
  infer(inputs: readonly TensorType[], attrs: A): TensorType
  /**
   * Vector-Jacobian product: for the output's gradient `dy`, the gradient of every input (`null`: none flows there).
   * `null` for ops that are not differentiable (comparisons, integers). Written in ops, so it differentiates again.
   */
  readonly gradient: null | ((node: Tensor<A>, dy: Tensor) => readonly (Tensor | null)[])
  /** Reference semantics in float64. */
  evaluate(inputs: readonly Values[], attrs: A, output: TensorType): Float64Array
}

/** Operands that do not fit an op: a bug in a lowering, since layers check what users can get wrong. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'
}
