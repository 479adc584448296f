import type { Tensor } from '@shared/graph'
import { FORMS } from '@main/engines/onnx/forms'
import { flag } from '@main/engines/onnx/lowerings/attrs'
import type { Emitter } from '@main/engines/onnx/lowerings/emitter'
import type { Form } from '@main/engines/onnx/lowerings/lowering'
import type { OpenProgram } from './batch-axis'

/** The engine's forms, but for ops that would fix the batch size or need onnxruntime's own operators. */
export function exportForms({ openAxes }: Pick<OpenProgram, 'openAxes'>, features: Tensor): ReadonlyMap<string, Form> {
  const own: readonly Form[] = [openReshape(openAxes), openBroadcast(openAxes, features), standardMatmul]
  return new Map([...FORMS, ...own.map((form) => [form.op, form] as const)])
}

/** Reshape finds out one extent by itself: the open one. */
function openReshape(openAxes: OpenProgram['openAxes']): Form {
  return {
    op: 'reshape',
    emit(emitter, node) {
      const open = openAxes(node)
      if (open.length > 1) throw new Error(`reshape of ${node.scope}: two axes depend on the batch`)
      return emitter.reshape(emitter.value(node.inputs[0]), node.shape.map((extent, axis) => (open.includes(axis) ? -1 : extent)))
    },
  }
}

/** Expand keeps the extents where the shape says 1; a batch that the operand lacks is read off the features. */
function openBroadcast(openAxes: OpenProgram['openAxes'], features: Tensor): Form {
  return {
    op: 'broadcastTo',
    emit(emitter, node) {
      const [x] = node.inputs
      const value = emitter.value(x)
      const open = openAxes(node)
      const lead = node.shape.length - x.shape.length
      const kept = openAxes(x).map((axis) => axis + lead)
      const missing = open.filter((axis) => !kept.includes(axis))
      const fixed = node.shape.map((extent, axis) => (open.includes(axis) ? 1 : extent))
      if (missing.length === 0) return emitter.node('Expand', [value, emitter.ints(fixed)])
      const [axis] = missing
      if (missing.length > 1 || node.shape[axis] !== features.shape[0]) throw new Error(`broadcastTo of ${node.scope}: an axis is no batch but depends on it`)
      const parts = [emitter.ints(fixed.slice(0, axis)), batchOf(emitter, features), emitter.ints(fixed.slice(axis + 1))]
      const full = parts.filter((_, part) => part === 1 || (part === 0 ? axis > 0 : axis < fixed.length - 1))
      return emitter.node('Expand', [value, full.length === 1 ? full[0] : emitter.node('Concat', full, { axis: 0 })])
    },
  }
}

function batchOf(emitter: Emitter, features: Tensor): string {
  const [batch] = emitter.once('batch', () => [emitter.node('Shape', [emitter.value(features)], { start: 0, end: 1 })])
  return batch
}

const standardMatmul: Form = {
  op: 'matmul',
  emit(emitter, node) {
    const operands = node.inputs.map((input, at) => {
      const value = emitter.value(input)
      const rank = input.shape.length
      if (!flag(node, at === 0 ? 'transposeA' : 'transposeB')) return value
      const perm = [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]
      return emitter.node('Transpose', [value], { perm })
    })
    return emitter.node('MatMul', operands)
  },
}
