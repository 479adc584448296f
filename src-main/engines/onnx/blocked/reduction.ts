import { integers } from '../lowerings/attrs'
import { plain } from '../lowerings/emitter'
import type { BlockedForm } from '../lowerings/lowering'

/** Sums over whole images, and over the batch too. [batch, channels] is the same in both layouts. */
const reduceSum: BlockedForm = {
  op: 'reduceSum',
  emit(emitter, node) {
    const [x] = node.inputs
    const axes = integers(node, 'axes')
    if (emitter.block === null || emitter.commonLayout([x]) === 'plain') return null
    if (axes.includes(1) || !axes.includes(2) || !axes.includes(3)) return null
    const [batch, channels, height, width] = x.shape
    const rows = emitter.reshape(emitter.blocked(x), [(batch * channels) / emitter.block, height * width, emitter.block])
    const sums = emitter.reshape(emitter.node('ReduceSum', [rows, emitter.ints([1])], { keepdims: 0 }), [batch, channels])
    const total = axes.includes(0) ? emitter.node('ReduceSum', [sums, emitter.ints([0])], { keepdims: 0 }) : sums
    return plain(emitter.reshape(total, node.shape))
  },
}

export const blockedReductionForms: readonly BlockedForm[] = [reduceSum]
