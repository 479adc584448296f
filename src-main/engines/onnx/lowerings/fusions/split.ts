import { sameShape, type Tensor } from '@shared/graph'
import { integers } from '../attrs'
import { plain } from '../emitter'
import type { Fusion, Uses } from '../lowering'

/** Slices of one tensor that cut it along one axis into consecutive pieces, `most` at most → one Split: gates, time steps. */
function splitInto(most: number): Fusion {
  return {
    name: 'splitSlices',
    ops: ['slice'],
    match(node, uses) {
      const [x] = node.inputs
      const axis = cutAxis(node)
      if (axis === null) return null
      const pieces = tiling(x, axis, uses)
      const place = pieces?.indexOf(node) ?? -1
      if (pieces === null || place < 0 || pieces.length > most) return null
      const sizes = pieces.map(({ shape }) => shape[axis])
      return {
        inputs: [x],
        emit: (emitter) => plain(emitter.once(`split ${String(x.id)} ${String(axis)}`, () => emitter.nodes('Split', [emitter.value(x), emitter.ints(sizes)], { axis }, sizes.length))[place]),
      }
    },
  }
}

export const splitSlices = splitInto(Infinity)

/** A shader binds a buffer for each piece and one for the whole: 8 are what WebGPU grants everywhere. */
export const splitFewSlices = splitInto(7)

/** The only axis along which a slice is smaller; null where there are several. */
function cutAxis(node: Tensor): number | null {
  const [x] = node.inputs
  const axes = node.shape.flatMap((extent, axis) => (extent < x.shape[axis] ? [axis] : []))
  return axes.length === 1 ? axes[0] : null
}

/** All slices along the axis in order, when they cover it without gap or overlap; null otherwise. */
function tiling(x: Tensor, axis: number, uses: Uses): readonly Tensor[] | null {
  const start = (piece: Tensor): number => integers(piece, 'starts')[axis]
  const pieces = uses
    .consumers(x)
    .filter((user) => user.op === 'slice' && cutAxis(user) === axis)
    .sort((a, b) => start(a) - start(b))
  let end = 0
  for (const piece of pieces) {
    if (start(piece) !== end || !sameShape(piece.shape.with(axis, 0), x.shape.with(axis, 0))) return null
    end += piece.shape[axis]
  }
  return pieces.length > 1 && end === x.shape[axis] ? pieces : null
}
