import type { ConstantData, DType, GraphBuilder, OpDefinition, Shape, Tensor } from './types'

/** Leaves are appended by `Graph.input` and `Graph.constant`; engines treat them apart from the op table. */
export type InputAttrs = { readonly name: string; readonly dtype: DType; readonly shape: Shape }
type ConstantArray = { readonly data: ConstantData; readonly dtype: DType; readonly shape: Shape }
/** `exact`: the double that `data`, a float32 scalar, was rounded from. Only the float64 reference reads it. */
export type ConstantAttrs = ConstantArray | (ConstantArray & { readonly exact: number })

export const inputOp: OpDefinition<InputAttrs> = {
  name: 'input',
  doc: 'A value fed on every step.',
  infer: (_inputs, { dtype, shape }) => ({ dtype, shape }),
  gradient: null,
  evaluate: (_inputs, { name }) => {
    throw new Error(`input ${name} has no value`)
  },
}

export const constantOp: OpDefinition<ConstantAttrs> = {
  name: 'constant',
  doc: 'A value known when the graph is built.',
  infer: (_inputs, { dtype, shape }) => ({ dtype, shape }),
  gradient: null,
  evaluate: (_inputs, attrs) => ('exact' in attrs ? Float64Array.of(attrs.exact) : Float64Array.from(attrs.data)),
}

/** A scalar constant: float32 in engines, unrounded in the float64 reference. */
export function scalarConstant(graph: GraphBuilder, value: number, dtype: DType): Tensor {
  const data = dtype === 'float32' ? Float32Array.of(value) : dtype === 'int32' ? Int32Array.of(value) : Uint8Array.of(value)
  const rounded = dtype === 'float32' && !Object.is(data[0], value)
  const attrs: ConstantAttrs = rounded ? { data, dtype, shape: [], exact: value } : { data, dtype, shape: [] }
  return graph.append(constantOp as unknown as OpDefinition, [], attrs)
}

/** A constant tensor, row-major, for lowerings that hold a tensor of the graph but not the graph itself. */
export function constantTensor(graph: GraphBuilder, data: ConstantData, shape: Shape, dtype: DType): Tensor {
  return graph.append(constantOp as unknown as OpDefinition, [], { data, shape, dtype })
}

/** The value of a scalar constant; null for every other tensor. */
export function scalarValue(tensor: Tensor): number | null {
  if (tensor.op !== constantOp.name || tensor.shape.length > 0) return null
  const attrs = tensor.attrs as ConstantAttrs
  return 'exact' in attrs ? attrs.exact : attrs.data[0]
}
