import * as tf from '@tensorflow/tfjs-core'
import { hostMoves } from './host-moves'
import { tensorMoves } from './tensor-moves'
import type { WindowMoves } from './windows'

/** Whether the backend that programs are being prepared for is tfjs-core's own, in plain JavaScript. */
export function onHost(): boolean {
  return tf.getBackend() === 'cpu'
}

/** How the backend that programs are being prepared for moves window elements best. */
export function windowMoves(): WindowMoves {
  return onHost() ? hostMoves : tensorMoves
}
