import * as tf from '@tensorflow/tfjs-core'
// Registers the backend `cpu` and its kernels in this thread's tfjs-core.
import '@tensorflow/tfjs-backend-cpu'
import { IssueError } from '@shared/spec/issue'
import { loadNative } from './native'

/** Backends of tfjs-core by device of ours. */
const BACKENDS: ReadonlyMap<string, string> = new Map([
  ['tfjs-cpu', 'cpu'],
  ['tfjs-tensorflow', 'tensorflow'],
])

// Without it tfjs-core prints advice on standard output when the first tensor is made.
tf.enableProdMode()

/** The tfjs-core backend of a device, loaded and started; throws where the device cannot be had. */
export async function openBackend(device: string): Promise<string> {
  const backend = BACKENDS.get(device)
  if (backend === undefined) throw new Error(`tfjs: no device ${device}`)
  if (device === 'tfjs-tensorflow') {
    const native = loadNative()
    if (!native.ok) throw new IssueError(native.reasons)
  }
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs: the backend ${backend} does not start`)
  return backend
}

/**
 * Runs `body` with `backend`, which {@link openBackend} gave, as tfjs-core's. The choice is global to a thread, so every
 * entry makes it anew: sessions on two backends may take turns in one thread.
 */
export async function onBackend<T>(backend: string, body: () => T): Promise<T> {
  // Choosing a backend that has started takes effect at once, so nothing can run between this line and the end of body.
  const chosen = tf.setBackend(backend)
  const result = body()
  await chosen
  return result
}

/** A tensor of values owned by the caller, who must not change them while it lives: nothing is copied where possible. */
export function upload(data: Float32Array | Int32Array | Uint8Array, shape: readonly number[], dtype: 'float32' | 'int32' | 'bool'): tf.Tensor {
  return tf.tensor(data, [...shape], dtype)
}

/** The values, on the host; int32 and bool as integers. Copied, since the backend may hand out its own memory. */
export function download(tensor: tf.Tensor): Float32Array | Int32Array {
  return tensor.dtype === 'float32' ? downloadFloats(tensor) : new Int32Array(tensor.dataSync())
}

/** The values of a float32 tensor, copied. */
export function downloadFloats(tensor: tf.Tensor): Float32Array {
  return new Float32Array(tensor.dataSync())
}
