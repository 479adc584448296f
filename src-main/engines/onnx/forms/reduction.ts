import { flag, integer, integers } from '../lowerings/attrs'
import type { Form } from '../lowerings/lowering'

function reduceForm(op: string, opType: string): Form {
  return {
    op,
    emit(emitter, node) {
      const x = emitter.value(node.inputs[0])
      // Without axes ONNX reduces over all of them, the graph over none.
      if (integers(node, 'axes').length === 0) return x
      return emitter.node(opType, [x, emitter.ints(integers(node, 'axes'))], { keepdims: Number(flag(node, 'keepDims')) })
    },
  }
}

const argMaxForm: Form = {
  op: 'argMax',
  emit(emitter, node) {
    const found = emitter.node('ArgMax', [emitter.value(node.inputs[0])], { axis: integer(node, 'axis'), keepdims: 0 })
    return emitter.cast(found, 'int32')
  },
}

function lastAxisForm(op: string, opType: string): Form {
  return { op, emit: (emitter, node) => emitter.node(opType, emitter.values(node.inputs), { axis: -1 }) }
}

export const reductionForms: readonly Form[] = [
  reduceForm('reduceSum', 'ReduceSum'),
  reduceForm('reduceMax', 'ReduceMax'),
  argMaxForm,
  lastAxisForm('softmax', 'Softmax'),
  lastAxisForm('logSoftmax', 'LogSoftmax'),
]
