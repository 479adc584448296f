import { isPerChannel, scaleChannels } from '../../blocked/channels'
import { blocked, plain } from '../emitter'
import type { Fusion } from '../lowering'
import { bothOrders } from './bias'

/** x · scale + shift with a number of each for every channel, as batch normalization ends: one pass where blocked. */
export const channelAffine: Fusion = {
  name: 'channelAffine',
  ops: ['add'],
  match(node, uses) {
    for (const [product, shift] of bothOrders(node)) {
      if (product.op !== 'mul' || !uses.only(product, node) || !isPerChannel(shift, product)) continue
      for (const [x, scale] of bothOrders(product)) {
        if (!isPerChannel(scale, x)) continue
        const inputs = [x, scale, shift]
        return {
          inputs,
          emit(emitter) {
            const [factor, offset] = emitter.values([scale, shift])
            if (emitter.commonLayout([x]) === 'blocked') return blocked(scaleChannels(emitter, emitter.blocked(x), x.shape[1], factor, offset))
            return plain(emitter.node('Add', [emitter.node('Mul', [emitter.value(x), factor]), offset]))
          },
        }
      }
    }
    return null
  },
}
