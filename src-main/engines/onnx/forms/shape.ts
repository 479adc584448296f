import { integer, integers } from '../lowerings/attrs'
import type { Form } from '../lowerings/lowering'

const reshapeForm: Form = {
  op: 'reshape',
  emit: (emitter, node) => emitter.reshape(emitter.value(node.inputs[0]), node.shape),
}

const transposeForm: Form = {
  op: 'transpose',
  emit: (emitter, node) => emitter.node('Transpose', emitter.values(node.inputs), { perm: integers(node, 'perm') }),
}

/** Only the axes that are cut are named: the others cost time. */
const sliceForm: Form = {
  op: 'slice',
  emit(emitter, node) {
    const [x] = node.inputs
    const starts = integers(node, 'starts')
    const axes = node.shape.map((_, axis) => axis).filter((axis) => node.shape[axis] < x.shape[axis])
    if (axes.length === 0) return emitter.value(x)
    return emitter.node('Slice', [
      emitter.value(x),
      emitter.ints(axes.map((axis) => starts[axis])),
      emitter.ints(axes.map((axis) => starts[axis] + node.shape[axis])),
      emitter.ints(axes),
    ])
  },
}

const concatForm: Form = {
  op: 'concat',
  emit: (emitter, node) => emitter.node('Concat', emitter.values(node.inputs), { axis: integer(node, 'axis') }),
}

/** Axes are named: without, onnxruntime merges the zeros into the padding of a pool behind them, which a maximum does not count. */
const padForm: Form = {
  op: 'pad',
  emit(emitter, node) {
    const [before, after] = [integers(node, 'before'), integers(node, 'after')]
    const axes = node.shape.map((_, axis) => axis).filter((axis) => before[axis] + after[axis] > 0)
    if (axes.length === 0) return emitter.value(node.inputs[0])
    const pads = [before, after].flatMap((side) => axes.map((axis) => side[axis]))
    return emitter.node('Pad', [emitter.value(node.inputs[0]), emitter.ints(pads), emitter.scalar(node.dtype, integer(node, 'value')), emitter.ints(axes)])
  },
}

const broadcastForm: Form = {
  op: 'broadcastTo',
  emit: (emitter, node) => emitter.node('Expand', [emitter.value(node.inputs[0]), emitter.ints(node.shape)]),
}

const reverseForm: Form = {
  op: 'reverse',
  emit(emitter, node) {
    const axes = integers(node, 'axes')
    if (axes.length === 0) return emitter.value(node.inputs[0])
    // A backward slice ends before index 0: any bound below −extent means that.
    const ends = axes.map((axis) => -node.shape[axis] - 1)
    const all = (value: number): string => emitter.ints(axes.map(() => value))
    return emitter.node('Slice', [emitter.value(node.inputs[0]), all(-1), emitter.ints(ends), emitter.ints(axes), all(-1)])
  },
}

export const shapeForms: readonly Form[] = [reshapeForm, transposeForm, sliceForm, concatForm, padForm, broadcastForm, reverseForm]
