import { apply, broadcastShapes, expectDType, NO_ATTRS } from '../define'
import type { Operand } from '../define'
import { sumTo } from '../lean'
import { scalarBeside } from '../operands'
import type { OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'
import { evaluateBroadcast } from './binary'
import type { NoAttrs } from './unary'

/**
 * a where the condition is true, else b; all three broadcast. The gradient selects too, instead of multiplying by a
 * mask, so that an infinite one does not turn the branch that was not taken into NaN.
 */
export const whereOp: OpDefinition<NoAttrs> = {
  name: 'where',
  doc: 'a where the condition (bool) is true, else b; all three broadcast; a and b float32 or int32, of one dtype.',
  infer([condition, a, b]) {
    expectDType('where', condition.dtype, 'bool')
    expectDType('where', a.dtype, 'float32', 'int32')
    if (a.dtype !== b.dtype) throw new ShapeError(`where: operands are ${a.dtype} and ${b.dtype}`)
    return { dtype: a.dtype, shape: broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape)) }
  },
  gradient: ({ inputs: [condition, a, b] }, dy) => [null, sumTo(where(condition, dy, 0), a.shape), sumTo(where(condition, 0, dy), b.shape)],
  evaluate: (inputs, _attrs, { shape }) => evaluateBroadcast(inputs, shape, (condition, a, b) => (condition ? a : b)),
}

/** Numbers take the dtype of the other operand; float32 where both are numbers. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const dtype = typeof a !== 'number' ? a.dtype : typeof b !== 'number' ? b.dtype : 'float32'
  const tensorOf = (operand: Operand): Tensor => (typeof operand === 'number' ? scalarBeside('where', condition, operand, dtype) : operand)
  return apply(whereOp, [condition, tensorOf(a), tensorOf(b)], NO_ATTRS)
}
