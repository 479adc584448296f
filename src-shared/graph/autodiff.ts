import { sameShape } from './define'
import { scalarConstant } from './leaves'
import { sum } from './lean'
import { OPS } from './ops'
import { broadcastTo } from './ops/broadcast-to'
import { reshape, reshapeOp } from './ops/reshape'
import { reachable } from './reachable'
import type { Tensor } from './types'
import { ShapeError } from './types'

/**
 * Reverse-mode differentiation: the gradients of the float32 scalar `y` with respect to each of `wrt`, of their shapes;
 * zeros where no path leads there. They are ordinary tensors of the same graph, so they can be differentiated again.
 * A reshaped tensor counts as the one that it was made of: what reshapes it again hangs on that one directly.
 */
export function gradients(y: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (y.dtype !== 'float32' || y.shape.length > 0) throw new ShapeError(`gradients: needs a float32 scalar, got ${y.dtype} [${y.shape.join(', ')}]`)
  const origins = wrt.map((tensor) => (tensor.op === reshapeOp.name ? tensor.inputs[0] : tensor))
  const path = pathFrom(origins, y)
  const arrived = new Map<Tensor, Tensor>([[y, scalarConstant(y.graph, 1, 'float32')]])
  for (const node of [...path].reverse()) {
    const dy = arrived.get(node)
    if (dy) propagate(node, dy, (input, gradient) => {
      if (!path.has(input)) return
      const before = arrived.get(input)
      arrived.set(input, before ? sum(before, gradient) : gradient)
    })
  }
  return origins.map((origin, at) => reshape(arrived.get(origin) ?? zerosLike(origin), wrt[at].shape))
}

/** The float32 tensors that lie between `wrt` and `y`, both ends included, in topological order. */
function pathFrom(wrt: readonly Tensor[], y: Tensor): Set<Tensor> {
  const path = new Set<Tensor>()
  const ends = new Set(wrt)
  for (const node of reachable([y])) {
    if (node.dtype === 'float32' && (ends.has(node) || node.inputs.some((input) => path.has(input)))) path.add(node)
  }
  return path
}

function propagate(node: Tensor, dy: Tensor, arrive: (input: Tensor, gradient: Tensor) => void): void {
  if (node.inputs.length === 0) return
  const definition = OPS.get(node.op)
  if (!definition) throw new Error(`gradients: ${node.op} is not of the op set`)
  definition.gradient?.(node, dy).forEach((gradient, index) => {
    if (!gradient) return
    const input = node.inputs[index]
    if (!sameShape(gradient.shape, input.shape)) {
      throw new Error(`gradients: ${node.op} gives input ${index} [${input.shape.join(', ')}] a gradient [${gradient.shape.join(', ')}]`)
    }
    arrive(input, gradient)
  })
}

function zerosLike(tensor: Tensor): Tensor {
  return broadcastTo(scalarConstant(tensor.graph, 0, 'float32'), tensor.shape)
}
