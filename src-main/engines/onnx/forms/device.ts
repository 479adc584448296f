import { flag, integer } from '../lowerings/attrs'
import type { Form } from '../lowerings/lowering'
import { convGeometry, filterColumns, inputGradient, transposedConv } from './convolution'
import { devicePoolingForms } from './device-pooling'
import { deviceTrigonometryForms } from './device-trigonometry'
import { deviceScan, scanForm } from './scan'

/** Forms for devices whose providers lack what the plain ones use: those would be computed by the CPU, with copies. */

/** x − max − log Σ exp(x − max). */
const logSoftmaxForm: Form = {
  op: 'logSoftmax',
  emit(emitter, node) {
    const x = emitter.value(node.inputs[0])
    const axes = emitter.ints([-1])
    const shifted = emitter.node('Sub', [x, emitter.node('ReduceMax', [x, axes], { keepdims: 1 })])
    const sum = emitter.node('ReduceSum', [emitter.node('Exp', [shifted]), axes], { keepdims: 1 })
    return emitter.node('Sub', [shifted, emitter.node('Log', [sum])])
  },
}

/** The least index of those that hold the maximum: ArgMax gives int64, which only the CPU casts. */
const argMaxForm: Form = {
  op: 'argMax',
  emit(emitter, node) {
    const x = emitter.value(node.inputs[0])
    const { shape } = node.inputs[0]
    const axis = (integer(node, 'axis') + shape.length) % shape.length
    const extent = shape[axis]
    const axes = emitter.ints([axis])
    const largest = emitter.node('Equal', [x, emitter.node('ReduceMax', [x, axes], { keepdims: 1 })])
    const indices = emitter.graph.constant('int32', Array.from({ length: extent }, (_, index) => index), shape.map((_, at) => (at === axis ? extent : 1)))
    const candidates = emitter.node('Where', [largest, indices, emitter.scalar('int32', extent)])
    return emitter.node('ReduceMin', [candidates, axes], { keepdims: 0 })
  },
}

/** Gemm where there is no batch; else transposed beforehand. */
const matmulForm: Form = {
  op: 'matmul',
  emit(emitter, node) {
    const [a, b] = emitter.values(node.inputs)
    const [transA, transB] = [flag(node, 'transposeA'), flag(node, 'transposeB')]
    const rank = node.shape.length
    if (rank === 2) return emitter.node('Gemm', [a, b], { transA: Number(transA), transB: Number(transB) })
    const perm = [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]
    const turned = (value: string, turn: boolean): string => (turn ? emitter.node('Transpose', [value], { perm }) : value)
    return emitter.node('MatMul', [turned(a, transA), turned(b, transB)])
  },
}

const filterGradientForm: Form = {
  op: 'conv2dFilterGradient',
  emit(emitter, node) {
    const geometry = convGeometry(node)
    return filterColumns(emitter, node, (columns, rows) => {
      if (geometry.groups > 1) return emitter.node('MatMul', [columns, emitter.node('Transpose', [rows], { perm: [0, 2, 1] })])
      const flat = (value: string): string => emitter.node('Squeeze', [value, emitter.ints([0])])
      return emitter.node('Gemm', [flat(columns), flat(rows)], { transB: 1 })
    })
  },
}

/**
 * Several filters to each channel: WebGPU's ConvTranspose mixes the channels up, so that each round of filters is one of
 * its own, and their results are added.
 */
const inputGradientForm: Form = {
  op: 'conv2dInputGradient',
  emit(emitter, node) {
    const geometry = convGeometry(node)
    const { groups, w, y } = geometry
    const rounds = w[0] / groups
    if (groups === 1 || w[1] > 1 || rounds === 1) return inputGradient(emitter, node)
    const [filters, dy] = emitter.values(node.inputs)
    const byRound = emitter.reshape(filters, [groups, rounds, w[2], w[3]])
    const images = emitter.reshape(dy, [y[0], groups, rounds, y[2] * y[3]])
    const own = (value: string, axis: number, round: number): string => emitter.node('Slice', [value, emitter.ints([round]), emitter.ints([round + 1]), emitter.ints([axis])])
    return Array.from({ length: rounds }, (_, round) => {
      const part = { ...geometry, w: [groups, 1, w[2], w[3]], y: [y[0], groups, y[2], y[3]] }
      return transposedConv(emitter, own(byRound, 1, round), emitter.reshape(own(images, 2, round), part.y), part)
    }).reduce((sum, image) => emitter.node('Add', [sum, image]))
  },
}

export const deviceForms: readonly Form[] = [argMaxForm, logSoftmaxForm, matmulForm, inputGradientForm, filterGradientForm, scanForm(deviceScan), ...deviceTrigonometryForms, ...devicePoolingForms]
