import { reshape, type Tensor } from '@shared/graph'
import { pool1dWindow, type Padding1d } from './window1d'

interface PoolAttrs {
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly pads: readonly [number, number, number, number]
}

/** Pools `[batch, time, features]` as an image of one channel, time downwards, by windows one feature wide. */
export function poolAsImage(
  x: Tensor,
  options: { readonly poolSize: number; readonly strides?: number; readonly padding: Padding1d },
  pool: (image: Tensor, window: PoolAttrs) => Tensor,
): Tensor {
  const [batch, steps, features] = x.shape
  const { size, stride, pads, output } = pool1dWindow(steps, options)
  const pooled = pool(reshape(x, [batch, 1, steps, features]), { kernel: [size, 1], strides: [stride, 1], pads: [pads[0], 0, pads[1], 0] })
  return reshape(pooled, [batch, output, features])
}
