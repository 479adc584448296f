import { randomBitsTable, sizeOf } from '@shared/graph'
import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'

function shiftXor(emitter: Emitter, value: string, bits: number): string {
  const shifted = emitter.node('BitShift', [value, emitter.scalar('uint32', bits)], { direction: 'RIGHT' })
  return emitter.node('BitwiseXor', [value, shifted])
}

/** In uint32, whose products wrap and whose shifts are logical; the bits are the int32 ones. */
const randomBitsForm: Form = {
  op: 'randomBits',
  emit(emitter, node) {
    const table = emitter.graph.constant('uint32', Uint32Array.from(randomBitsTable(sizeOf(node.shape))), node.shape)
    const [first, second] = emitter.nodes('Split', [emitter.cast(emitter.value(node.inputs[0]), 'uint32')], { axis: 0, num_outputs: 2 }, 2)
    const odd = emitter.node('BitwiseOr', [second, emitter.scalar('uint32', 1)])
    const start = emitter.node('Mul', [emitter.node('BitwiseXor', [table, first]), odd])
    const mixed = emitter.node('Mul', [shiftXor(emitter, start, 15), emitter.scalar('uint32', 0x2c1b3c6d)])
    return emitter.cast(shiftXor(emitter, mixed, 12), 'int32')
  },
}

export const randomForms: readonly Form[] = [randomBitsForm]
