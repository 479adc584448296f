import { apply, broadcastShapes, expectDType, NO_ATTRS, sizeOf } from '../define'
import type { Operand } from '../define'
import { operandPair } from '../operands'
import type { DType, OpDefinition, Tensor, TensorType, Values } from '../types'
import { ShapeError } from '../types'
import { broadcastStrides, forEachIndex, positionOf } from './indexing'
import type { NoAttrs } from './unary'

interface BinaryDescription {
  readonly name: string
  readonly doc: string
  readonly dtypes: readonly DType[]
  /** Elementwise; `int32` results must wrap as 32-bit arithmetic does. */
  readonly compute: (a: number, b: number, dtype: DType) => number
  readonly gradient: OpDefinition<NoAttrs>['gradient']
}

/** An elementwise op of two operands of one dtype, which broadcast; the result has their dtype. */
export function binaryOp(description: BinaryDescription): OpDefinition<NoAttrs> {
  return defineBinary(description, ({ dtype }) => dtype)
}

/** As {@link binaryOp}, with a bool result. */
export function comparisonOp(description: Omit<BinaryDescription, 'gradient'>): OpDefinition<NoAttrs> {
  return defineBinary({ ...description, gradient: null }, () => 'bool')
}

function defineBinary(description: BinaryDescription, resultDType: (operand: TensorType) => DType): OpDefinition<NoAttrs> {
  const { name, doc, dtypes, compute, gradient } = description
  return {
    name,
    doc,
    infer([a, b]) {
      expectDType(name, a.dtype, ...dtypes)
      if (a.dtype !== b.dtype) throw new ShapeError(`${name}: operands are ${a.dtype} and ${b.dtype}`)
      return { dtype: resultDType(a), shape: broadcastShapes(name, a.shape, b.shape) }
    },
    gradient,
    evaluate([a, b], _attrs, { dtype, shape }) {
      return evaluateBroadcast([a, b], shape, (left, right) => compute(left, right, dtype))
    },
  }
}

export function applyBinary(definition: OpDefinition<NoAttrs>, a: Operand, b: Operand): Tensor {
  return apply(definition, operandPair(definition.name, a, b), NO_ATTRS)
}

/** Applies `compute` to the elements of the inputs broadcast to `shape`. */
export function evaluateBroadcast(inputs: readonly Values[], shape: readonly number[], compute: (...elements: number[]) => number): Float64Array {
  const strides = inputs.map((input) => broadcastStrides(input.shape, shape))
  const result = new Float64Array(sizeOf(shape))
  forEachIndex(shape, (index, flat) => {
    result[flat] = compute(...inputs.map((input, at) => input.data[positionOf(index, strides[at])]))
  })
  return result
}
