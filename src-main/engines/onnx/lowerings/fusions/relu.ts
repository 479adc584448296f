import { sameShape, scalarValue } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import { maxima, maxPoolGradient } from '../../forms/max-pool-gradient'
import { areDisjoint, poolWindow } from '../../forms/pool-window'
import type { PoolWindow } from '../../forms/pool-window'
import type { Emitter, Held } from '../emitter'
import type { Fusion, Uses } from '../lowering'
import { bothOrders } from './bias'

/** dy · [y > 0], the gradient of relu, in the layout of its images. */
export const maskedGradient: Fusion = {
  name: 'maskedGradient',
  ops: ['mul'],
  match(node) {
    const found = masked(node)
    if (found === null) return null
    const inputs = [found.dy, found.y]
    return {
      inputs,
      emit(emitter) {
        const layout = emitter.commonLayout(inputs)
        return { layout, value: maskPositive(emitter, emitter.inLayout(found.dy, layout), emitter.inLayout(found.y, layout)) }
      },
    }
  },
}

/** maxPool2d(relu(x)) = relu(maxPool2d(x)), on as many elements fewer as a window has. */
export const poolBeforeRelu: Fusion = {
  name: 'poolBeforeRelu',
  ops: ['maxPool2d'],
  match(node) {
    const [activated] = node.inputs
    if (activated.op !== 'relu') return null
    const [x] = activated.inputs
    const window = poolWindow(node)
    return {
      inputs: [x],
      emit(emitter) {
        const layout = emitter.commonLayout([x])
        return { layout, value: emitter.node('Relu', [maxima(emitter, x, window, layout)]) }
      },
    }
  },
}

/**
 * The gradient through both: dy · [y > 0] sent to the first maximum of x itself. Where the pooled y is 0, all of the
 * window was cut off; elsewhere relu changed neither the maximum nor which element came first.
 */
export const gradientBeforeRelu: Fusion = {
  name: 'gradientBeforeRelu',
  ops: ['mul'],
  match(node, uses) {
    const found = masked(node)
    if (found === null || found.dy.op !== 'maxPool2dGradient' || found.dy.inputs[0] !== found.y || found.y.op !== 'relu') return null
    const [x] = found.y.inputs
    const dy = found.dy.inputs[1]
    const window = poolWindow(found.dy)
    const pooled = poolOf(found.y, window, uses)
    if (pooled === undefined || pooled.id > node.id) return null
    return { inputs: [x, dy, pooled], emit: (emitter) => emitGradient(emitter, x, dy, pooled, window) }
  },
}

function emitGradient(emitter: Emitter, x: Tensor, dy: Tensor, pooled: Tensor, window: PoolWindow): Held {
  const layout = areDisjoint(window) ? emitter.commonLayout([x, dy]) : 'plain'
  const kept = maskPositive(emitter, emitter.inLayout(dy, layout), emitter.inLayout(pooled, layout))
  return { layout, value: maxPoolGradient(emitter, x, kept, dy.shape, window, layout) }
}

function poolOf(activated: Tensor, window: PoolWindow, uses: Uses): Tensor | undefined {
  const key = JSON.stringify(window)
  return uses.consumers(activated).find((user) => user.op === 'maxPool2d' && JSON.stringify(poolWindow(user)) === key)
}

/** `node` as dy · cast(y > 0). */
function masked(node: Tensor): { readonly dy: Tensor; readonly y: Tensor } | null {
  for (const [dy, mask] of bothOrders(node)) {
    const [comparison] = mask.op === 'cast' ? mask.inputs : []
    if (comparison?.op !== 'greater' || scalarValue(comparison.inputs[1]) !== 0) continue
    const [y] = comparison.inputs
    if (sameShape(dy.shape, y.shape)) return { dy, y }
  }
  return null
}

function maskPositive(emitter: Emitter, dy: string, y: string): string {
  return emitter.node('Mul', [dy, emitter.cast(emitter.node('Greater', [y, emitter.scalar('float32', 0)]), 'float32')])
}
