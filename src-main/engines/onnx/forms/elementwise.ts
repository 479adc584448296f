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

const sameForms = Object.entries(SAME).map(
  ([op, opType]): Form => ({ op, emit: (emitter, node) => emitter.node(opType, emitter.values(node.inputs)) }),
)

/** max(x, 0) + log(1 + exp(−|x|)): onnxruntime's Softplus is forty times slower, being scalar code. */
const softplusForm: Form = {
  op: 'softplus',
  emit(emitter, node) {
    const x = emitter.value(node.inputs[0])
    const decayed = emitter.node('Exp', [emitter.node('Neg', [emitter.node('Abs', [x])])])
    const tail = emitter.node('Log', [emitter.node('Add', [decayed, emitter.scalar('float32', 1)])])
    return emitter.node('Add', [emitter.node('Relu', [x]), tail])
  },
}

const castForm: Form = {
  op: 'cast',
  emit: (emitter, node) => emitter.cast(emitter.value(node.inputs[0]), node.dtype),
}

/** Passes no gradient, which is of no concern here. */
const stopGradientForm: Form = {
  op: 'stopGradient',
  emit: (emitter, node) => emitter.value(node.inputs[0]),
}

export const elementwiseForms: readonly Form[] = [...sameForms, softplusForm, castForm, stopGradientForm]
