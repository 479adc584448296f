import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'

/** Ops that ONNX has under another name, operand for operand, broadcasting included. */
const SAME: Readonly<Record<string, string>> = {
  neg: 'Neg',
  abs: 'Abs',
  sign: 'Sign',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  floor: 'Floor',
  sin: 'Sin',
  cos: 'Cos',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  relu: 'Relu',
  erf: 'Erf',
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  pow: 'Pow',
  maximum: 'Max',
  minimum: 'Min',
  greater: 'Greater',
  greaterEqual: 'GreaterOrEqual',
  equal: 'Equal',
  logicalAnd: 'And',
  logicalNot: 'Not',
  where: 'Where',
}

/** An op computed element by element on operands that broadcast, whatever their layout. */
export interface ElementwiseForm {
  readonly op: string
  on(emitter: Emitter, operands: readonly string[]): string
}

/** max(x, 0) + log(1 + exp(−|x|)): onnxruntime's Softplus is forty times slower, being scalar code. */
const softplus: ElementwiseForm = {
  op: 'softplus',
  on(emitter, [x]) {
    const decayed = emitter.node('Exp', [emitter.node('Neg', [emitter.node('Abs', [x])])])
    const tail = emitter.node('Log', [emitter.node('Add', [decayed, emitter.scalar('float32', 1)])])
    return emitter.node('Add', [emitter.node('Relu', [x]), tail])
  },
}

export const ELEMENTWISE: readonly ElementwiseForm[] = [
  ...Object.entries(SAME).map(([op, opType]): ElementwiseForm => ({ op, on: (emitter, operands) => emitter.node(opType, operands) })),
  softplus,
]

const castForm: Form = {
  op: 'cast',
  emit: (emitter, node) => emitter.cast(emitter.value(node.inputs[0]), node.dtype),
}

/** Passes no gradient, which is of no concern here. */
const stopGradientForm: Form = {
  op: 'stopGradient',
  emit: (emitter, node) => emitter.value(node.inputs[0]),
}

/** The first operand: the others serve differentiation. */
const customGradientForm: Form = {
  op: 'customGradient',
  emit: (emitter, node) => emitter.value(node.inputs[0]),
}

export const elementwiseForms: readonly Form[] = [
  ...ELEMENTWISE.map(({ op, on }): Form => ({ op, emit: (emitter, node) => on(emitter, emitter.values(node.inputs)) })),
  castForm,
  stopGradientForm,
  customGradientForm,
]
