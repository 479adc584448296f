import { sizeOf } from '@shared/graph'
import { plain } from '../emitter'
import type { Fusion } from '../lowering'

/** Up to so many rows a product is faster than adding rows one by one on one thread. */
const MOST_ROWS = 256

/** Rows added at numbers, into few rows: the numbers as rows of zeros and a one, transposed, times the updates. */
export const scatterByProduct: Fusion = {
  name: 'scatterByProduct',
  ops: ['scatterAdd'],
  match({ inputs: [indices, updates], shape }) {
    const [rows, ...rest] = shape
    const [count, width] = [sizeOf(indices.shape), sizeOf(rest)]
    // Narrow or few updates are added as fast as the zeros and ones are made.
    if (rows > MOST_ROWS || width < 16 || count < 64) return null
    return {
      inputs: [indices, updates],
      emit(emitter) {
        const column = emitter.reshape(emitter.value(indices), [count, 1])
        const numbers = emitter.graph.constant('int32', Array.from({ length: rows }, (_, row) => row), [rows])
        const chosen = emitter.cast(emitter.node('Equal', [column, numbers]), 'float32')
        const sums = emitter.node('Gemm', [chosen, emitter.reshape(emitter.value(updates), [count, width])], { transA: 1 })
        return plain(emitter.reshape(sums, shape))
      },
    }
  },
}
