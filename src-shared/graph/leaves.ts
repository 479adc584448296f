import type { ConstantData, DType, OpDefinition, Shape } from './types'

/** Leaves are appended by `Graph.input` and `Graph.constant`; engines treat them apart from the op table. */
export type InputAttrs = { readonly name: string; readonly dtype: DType; readonly shape: Shape }
export type ConstantAttrs = { readonly data: ConstantData; readonly dtype: DType; readonly shape: Shape }

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
  evaluate: (_inputs, { data }) => Float64Array.from(data),
}
