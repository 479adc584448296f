import type { Shape, Tensor } from '@shared/graph'
import { integers } from '../lowerings/attrs'
import type { Emitter, Layout } from '../lowerings/emitter'

/** Geometry of a pool as its ops carry it. */
export interface PoolWindow {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly pads: readonly number[]
}

export function poolWindow(node: Tensor): PoolWindow {
  return { kernel: integers(node, 'kernel'), strides: integers(node, 'strides'), pads: integers(node, 'pads') }
}

export function windowAttributes({ kernel, strides, pads }: PoolWindow): Record<string, readonly number[]> {
  return { kernel_shape: kernel, strides, pads }
}

/** Windows beside each other without overlap or padding; the image may have a rest that none covers. */
export function areDisjoint({ kernel, strides, pads }: PoolWindow): boolean {
  return pads.every((pad) => pad === 0) && strides.every((stride, axis) => stride === kernel[axis])
}

/** The part of images that disjoint windows cover, and back with zeros around it. */
export class Covered {
  readonly shape: Shape
  readonly #planes: number
  readonly #block: number

  constructor(
    readonly emitter: Emitter,
    readonly images: Shape,
    { kernel }: PoolWindow,
    windows: Shape,
    layout: Layout,
  ) {
    const [batch, channels] = images
    this.#block = layout === 'blocked' ? (emitter.block ?? 1) : 1
    this.#planes = (batch * channels) / this.#block
    this.shape = [batch, channels, windows[2] * kernel[0], windows[3] * kernel[1]]
  }

  get #rest(): readonly [number, number] {
    return [this.images[2] - this.shape[2], (this.images[3] - this.shape[3]) * this.#block]
  }

  take(value: string): string {
    const { emitter, shape } = this
    if (this.#rest.every((count) => count === 0)) return value
    const ends = emitter.ints([shape[2], shape[3] * this.#block])
    const cut = emitter.node('Slice', [this.#rows(value, this.images), emitter.ints([0, 0]), ends, emitter.ints([1, 2])])
    return emitter.reshape(cut, shape)
  }

  restore(value: string): string {
    const { emitter, shape } = this
    if (this.#rest.every((count) => count === 0)) return emitter.reshape(value, this.images)
    return emitter.reshape(emitter.node('Pad', [this.#rows(value, shape), emitter.ints([0, 0, 0, 0, ...this.#rest])]), this.images)
  }

  /** [planes, height, width · block]: the same in either layout. */
  #rows(value: string, [, , height, width]: Shape): string {
    return this.emitter.reshape(value, [this.#planes, height, width * this.#block])
  }
}

/** Every element of `windows` repeated over its window, for disjoint windows over `images`. */
export function spread(emitter: Emitter, value: string, windows: Shape, images: Shape, window: PoolWindow, layout: Layout): string {
  const { kernel } = window
  const covered = new Covered(emitter, images, window, windows, layout)
  if (layout === 'blocked') return covered.restore(emitter.nchwc('Upsample', [value], { scales: [1, 1, ...kernel], mode: 'nearest' }))
  const scales = emitter.graph.constant('float32', [1, 1, ...kernel], [4])
  return covered.restore(emitter.node('Resize', [value, '', scales], { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' }))
}
