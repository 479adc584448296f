import { sizeOf } from '@shared/graph'
import { integer } from '../lowerings/attrs'
import type { Form } from '../lowerings/lowering'

const gatherForm: Form = {
  op: 'gather',
  emit: (emitter, node) => emitter.node('Gather', emitter.values(node.inputs), { axis: 0 }),
}

/**
 * ScatterElements adds in order on one thread; ScatterND spreads colliding rows over threads, which would make sums
 * depend on chance.
 */
const scatterAddForm: Form = {
  op: 'scatterAdd',
  emit(emitter, node) {
    const [indices, updates] = node.inputs
    const count = sizeOf(indices.shape)
    const width = sizeOf(node.shape.slice(1))
    const rows = emitter.node('Expand', [emitter.reshape(emitter.value(indices), [count, 1]), emitter.ints([count, width])])
    const zeros = emitter.node('Expand', [emitter.scalar(node.dtype, 0), emitter.ints([node.shape[0], width])])
    const flat = emitter.reshape(emitter.value(updates), [count, width])
    return emitter.reshape(emitter.node('ScatterElements', [zeros, rows, flat], { axis: 0, reduction: 'add' }), node.shape)
  },
}

/** Compared with 0 … depth−1: ONNX's OneHot lets negative indices count from the end, the graph gives them zeros. */
const oneHotForm: Form = {
  op: 'oneHot',
  emit(emitter, node) {
    const [indices] = node.inputs
    const depth = integer(node, 'depth')
    const column = emitter.reshape(emitter.value(indices), [...indices.shape, 1])
    const classes = emitter.graph.constant('int32', Array.from({ length: depth }, (_, index) => index), [depth])
    return emitter.cast(emitter.node('Equal', [column, classes]), 'float32')
  },
}

export const indexingForms: readonly Form[] = [gatherForm, scatterAddForm, oneHotForm]
