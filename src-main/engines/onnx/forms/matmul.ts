import { flag } from '../lowerings/attrs'
import type { Form } from '../lowerings/lowering'

/** Gemm for matrices, onnxruntime's FusedMatMul for stacks of them: both transpose while they pack, at no cost. */
const matmulForm: Form = {
  op: 'matmul',
  emit(emitter, node) {
    const operands = emitter.values(node.inputs)
    const transA = Number(flag(node, 'transposeA'))
    const transB = Number(flag(node, 'transposeB'))
    if (node.shape.length === 2) return emitter.node('Gemm', operands, { transA, transB })
    return emitter.contrib('FusedMatMul', operands, { transA, transB })
  },
}

export const matmulForms: readonly Form[] = [matmulForm]
