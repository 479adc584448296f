import { sizeOf } from '@shared/graph'
import type { Shape, Tensor } from '@shared/graph'
import type { Emitter, Layout } from '../lowerings/emitter'
import { areDisjoint, Covered, windowAttributes } from './pool-window'
import type { PoolWindow } from './pool-window'

/** Maxima of the windows of `x`; the pool and its gradient share them. */
export function maxima(emitter: Emitter, x: Tensor, window: PoolWindow, layout: Layout): string {
  const [values] = emitter.once(`maxima of ${x.id} ${layout} ${JSON.stringify(window)}`, () => {
    return [emitter.inLayoutNode(layout, 'MaxPool', [emitter.inLayout(x, layout)], windowAttributes(window))]
  })
  return values
}

/** Where the maxima are: positions in all of the plain images `x`, row-major, of the first maximum of each window. Slow. */
export function positionsOf(emitter: Emitter, x: string, window: PoolWindow): string {
  return emitter.nodes('MaxPool', [x], windowAttributes(window), 2)[1]
}

/**
 * dy sent to the first maximum of each window of `x`. Disjoint windows are taken apart: first the dy of a window goes to
 * the first of its rows that holds the maximum, then the dy of that row to its first element that does. Ties cost
 * nothing extra, and they are common: images have even backgrounds.
 */
export function maxPoolGradient(emitter: Emitter, x: Tensor, dy: string, dyShape: Shape, window: PoolWindow, layout: Layout): string {
  if (!areDisjoint(window)) return scattered(emitter, emitter.value(x), dy, x.shape, dyShape, window)
  const covered = new Covered(emitter, x.shape, window, dyShape, layout)
  const [kernelHeight, kernelWidth] = window.kernel
  const [batch, channels, rows, columns] = dyShape
  const block = layout === 'blocked' ? (emitter.block ?? 1) : 1
  const planes = (batch * channels) / block
  const images = covered.take(emitter.inLayout(x, layout))
  const pool = (value: string, kernel: readonly number[], strides = kernel): string =>
    emitter.inLayoutNode(layout, 'MaxPool', [value], { kernel_shape: kernel, strides })
  const rowMaxima = pool(images, [1, kernelWidth])
  const byRow = firstAmong(
    emitter,
    {
      values: rowMaxima,
      first: () => pool(rowMaxima, [1, 1], [kernelHeight, 1]),
      target: maxima(emitter, x, window, layout),
      shape: [planes, rows, kernelHeight, columns * block],
    },
    dy,
  )
  const byElement = firstAmong(
    emitter,
    {
      values: images,
      first: () => pool(images, [1, 1], [1, kernelWidth]),
      target: rowMaxima,
      shape: [planes * rows * kernelHeight, columns, kernelWidth, block],
    },
    byRow,
  )
  return covered.restore(byElement)
}

/** Candidates along axis 2 of `shape`, one of which at least equals the target of their group. */
interface Candidates {
  readonly values: string
  /** The first of each group: as a pool of single elements, which the runtime spreads over threads, unlike a slice. */
  readonly first: () => string
  readonly target: string
  readonly shape: readonly [number, number, number, number]
}

/** Gives each group's share to the first of its candidates that equals the target, zero to the others. */
function firstAmong(emitter: Emitter, { values, first, target, shape }: Candidates, shares: string): string {
  const [outer, groups, count, inner] = shape
  if (count === 1) return shares
  const single = (value: string): string => emitter.reshape(value, [outer, groups, 1, inner])
  const wanted = single(target)
  const candidates = emitter.reshape(values, shape)
  const given: string[] = []
  let rest = single(shares)
  for (let at = 0; at + 1 < count; at++) {
    const candidate = at === 0 ? single(first()) : emitter.node('Slice', [candidates, emitter.ints([at]), emitter.ints([at + 1]), emitter.ints([2])])
    const taken = emitter.node('Mul', [emitter.cast(emitter.node('Equal', [candidate, wanted]), 'float32'), rest])
    given.push(taken)
    rest = emitter.node('Sub', [rest, taken])
  }
  return emitter.node('Concat', [...given, rest], { axis: 2 })
}

/** In the general case: by position; what arrives at one element adds up, in order. */
function scattered(emitter: Emitter, x: string, dy: string, xShape: Shape, dyShape: Shape, window: PoolWindow): string {
  const positions = positionsOf(emitter, x, window)
  const zeros = emitter.node('Expand', [emitter.scalar('float32', 0), emitter.ints([sizeOf(xShape)])])
  const flat = (value: string): string => emitter.reshape(value, [sizeOf(dyShape)])
  const sums = emitter.node('ScatterElements', [zeros, flat(positions), flat(dy)], { axis: 0, reduction: 'add' })
  return emitter.reshape(sums, xShape)
}
