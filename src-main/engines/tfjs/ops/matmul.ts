import * as tf from '@tensorflow/tfjs-core'
import type { MatmulAttrs } from '@shared/graph'
import { form } from '../form'
import type { Forms } from '../form'

/** Batched matrix product. */
export const matmulForms: Forms = {
  matmul: form<MatmulAttrs>(({ transposeA, transposeB }) => (a, b) => tf.matMul(a, b, transposeA, transposeB)),
}
