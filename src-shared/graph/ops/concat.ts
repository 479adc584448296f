import { apply, sizeOf } from '../define'
import { normalizeAxis } from '../operands'
import type { OpDefinition, Shape, Tensor } from '../types'
import { ShapeError } from '../types'
import { slice } from './slice'

export type ConcatAttrs = { readonly axis: number }

/** Tensors one after another along an axis. */
export const concatOp: OpDefinition<ConcatAttrs> = {
  name: 'concat',
  doc: 'Tensors of one dtype, of equal extents but along `axis`, one after another along it.',
  infer([first, ...rest], { axis }) {
    normalizeAxis('concat', first.shape.length, axis)
    for (const { dtype, shape } of rest) {
      const fits = shape.length === first.shape.length && shape.every((extent, at) => at === axis || extent === first.shape[at])
      if (dtype !== first.dtype || !fits) {
        throw new ShapeError(`concat: ${first.dtype} [${first.shape.join(', ')}] and ${dtype} [${shape.join(', ')}] along axis ${axis}`)
      }
    }
    const total = [first, ...rest].reduce((sum, { shape }) => sum + shape[axis], 0)
    return { dtype: first.dtype, shape: first.shape.with(axis, total) }
  },
  gradient({ inputs, attrs: { axis } }, dy) {
    const starts = startsAlong(inputs, axis)
    return inputs.map(({ shape }, at) => slice(dy, { starts: shape.map((_, along) => (along === axis ? starts[at] : 0)), sizes: shape }))
  },
  evaluate(inputs, { axis }, { shape }) {
    const result = new Float64Array(sizeOf(shape))
    const inner = sizeOf(shape.slice(axis + 1))
    const starts = startsAlong(inputs, axis)
    inputs.forEach((input, at) => {
      const run = input.shape[axis] * inner
      for (let outer = 0; outer * run < input.data.length; outer++) {
        result.set(input.data.subarray(outer * run, (outer + 1) * run), (outer * shape[axis] + starts[at]) * inner)
      }
    })
    return result
  },
}

/** A negative axis counts from the end. Appends nothing for a single tensor. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  if (tensors.length === 1) return tensors[0]
  return apply(concatOp, tensors, { axis: tensors.length === 0 ? axis : normalizeAxis('concat', tensors[0].shape.length, axis) })
}

function startsAlong(inputs: readonly { readonly shape: Shape }[], axis: number): number[] {
  let next = 0
  return inputs.map(({ shape }) => {
    const start = next
    next += shape[axis]
    return start
  })
}
