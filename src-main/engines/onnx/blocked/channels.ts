import { sizeOf } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import type { Emitter } from '../lowerings/emitter'

/** Whether `vector` holds one number for each channel of `images`, laid out to broadcast: [channels, 1, 1]. */
export function isPerChannel(vector: Tensor, images: Tensor): boolean {
  const { shape } = vector
  if (images.shape.length !== 4 || shape.length < 3) return false
  const [rows, columns] = shape.slice(-2)
  return rows === 1 && columns === 1 && shape.at(-3) === images.shape[1] && sizeOf(shape) === images.shape[1]
}

/** x · scale + shift for each channel, in one pass over blocked images: a convolution with 1×1 filters of one channel. */
export function scaleChannels(emitter: Emitter, x: string, channels: number, scale: string | null, shift: string | null): string {
  const ones = (): string => emitter.graph.constant('float32', new Float32Array(channels).fill(1), [channels, 1, 1, 1])
  const filters = scale === null ? ones() : emitter.reshape(scale, [channels, 1, 1, 1])
  const operands = shift === null ? [x, filters] : [x, filters, emitter.reshape(shift, [channels])]
  return emitter.nchwc('Conv', operands, { kernel_shape: [1, 1], group: channels })
}
