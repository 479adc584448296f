import type { Shape, Tensor } from '@shared/graph'
import { isPerChannel } from '../../blocked/channels'
import { blockedConv } from '../../blocked/convolution'
import { convAttributes, convGeometry } from '../../forms/convolution'
import { flag } from '../attrs'
import { blocked, plain } from '../emitter'
import type { Fusion } from '../lowering'

/** matmul + bias → Gemm, which starts its sums from the bias. */
export const gemmWithBias: Fusion = {
  name: 'gemmWithBias',
  ops: ['add'],
  match(node, uses) {
    for (const [product, bias] of bothOrders(node)) {
      if (product.op !== 'matmul' || product.shape.length !== 2 || !uses.only(product, node) || !spreadsOver(bias.shape, product.shape)) continue
      const inputs = [...product.inputs, bias]
      const transA = Number(flag(product, 'transposeA'))
      const transB = Number(flag(product, 'transposeB'))
      return { inputs, emit: (emitter) => plain(emitter.node('Gemm', emitter.values(inputs), { transA, transB })) }
    }
    return null
  },
}

/** conv2d + one number for each channel → Conv with bias. */
export const convWithBias: Fusion = {
  name: 'convWithBias',
  ops: ['add'],
  match(node, uses) {
    for (const [product, bias] of bothOrders(node)) {
      if (product.op !== 'conv2d' || !uses.only(product, node) || !isPerChannel(bias, product)) continue
      return {
        inputs: [...product.inputs, bias],
        emit(emitter) {
          const vector = emitter.reshape(emitter.value(bias), [product.shape[1]])
          const fast = blockedConv(emitter, product, vector)
          return fast === null ? plain(emitter.node('Conv', [...emitter.values(product.inputs), vector], convAttributes(convGeometry(product)))) : blocked(fast)
        },
      }
    }
    return null
  },
}

export function bothOrders({ inputs: [a, b] }: Tensor): [Tensor, Tensor][] {
  return [
    [a, b],
    [b, a],
  ]
}

/** Whether a tensor broadcasts to the matrix without making it larger. */
function spreadsOver(shape: Shape, matrix: Shape): boolean {
  return shape.length <= 2 && shape.every((extent, axis) => extent === 1 || extent === matrix[axis + 2 - shape.length])
}
