import { apply, sizeOf } from '../define'
import type { OpDefinition, Shape, Tensor } from '../types'
import { ShapeError } from '../types'
import { pad } from './pad'
import { reshape } from './reshape'

/** `at`: which result of the scan it is; its elements begin at `offset`. */
export type ScanOutputAttrs = { readonly at: number; readonly offset: number; readonly shape: Shape }

/** One result of a scan. An op of its own, so that engines can compute results apart that `scan` defines as one row. */
export const scanOutputOp: OpDefinition<ScanOutputAttrs> = {
  name: 'scanOutput',
  doc: 'The elements of a row from `offset` on, as many as `shape` has, in that shape: a result of a scan.',
  infer([{ dtype, shape: [length, ...rest] }], { offset, shape }) {
    if (rest.length > 0 || offset + sizeOf(shape) > length) throw new ShapeError(`scanOutput: [${shape.join(', ')}] from ${offset} on of [${[length, ...rest].join(', ')}]`)
    return { dtype, shape }
  },
  gradient({ inputs: [x], attrs: { offset, shape } }, dy) {
    const size = sizeOf(shape)
    return [pad(reshape(dy, [size]), { before: [offset], after: [x.shape[0] - offset - size], value: 0 })]
  },
  evaluate: ([x], { offset, shape }) => x.data.subarray(offset, offset + sizeOf(shape)),
}

export function scanOutput(x: Tensor, attrs: ScanOutputAttrs): Tensor {
  return apply(scanOutputOp, [x], attrs)
}
