import { sizeOf } from '@shared/graph'
import type { Shape, Tensor } from '@shared/graph'
import { flag, integers } from '../lowerings/attrs'
import type { Emitter, Layout } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'

/** Geometry of a pool as its ops carry it. */
export interface PoolWindow {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly pads: readonly number[]
}

export function poolWindow(node: Tensor): PoolWindow {
  return { kernel: integers(node, 'kernel'), strides: integers(node, 'strides'), pads: integers(node, 'pads') }
}

function attributesOf({ kernel, strides, pads }: PoolWindow): Record<string, readonly number[]> {
  return { kernel_shape: kernel, strides, pads }
}

/** Maxima of the windows of `x`; the pool and its gradient share them. */
export function maxima(emitter: Emitter, x: Tensor, window: PoolWindow, layout: Layout): string {
  const [values] = emitter.once(`maxima of ${x.id} ${layout} ${JSON.stringify(window)}`, () => {
    return [emitter.inLayoutNode(layout, 'MaxPool', [emitter.inLayout(x, layout)], attributesOf(window))]
  })
  return values
}

/** Where the maxima are: positions in all of the plain images `x`, row-major, of the first maximum of each window. Slow. */
function positionsOf(emitter: Emitter, x: string, window: PoolWindow): string {
  return emitter.nodes('MaxPool', [x], attributesOf(window), 2)[1]
}

/** Windows that cover the image without overlap or rest. */
export function tiles({ kernel, strides, pads }: PoolWindow, image: Shape): boolean {
  const fits = (axis: number): boolean => strides[axis] === kernel[axis] && image[axis + 2] % kernel[axis] === 0
  return pads.every((pad) => pad === 0) && fits(0) && fits(1)
}

/** Every element repeated over its window, for windows that tile. */
export function spread(emitter: Emitter, value: string, { kernel }: PoolWindow, layout: Layout): string {
  if (layout === 'blocked') return emitter.nchwc('Upsample', [value], { scales: [1, 1, ...kernel], mode: 'nearest' })
  const scales = emitter.graph.constant('float32', [1, 1, ...kernel], [4])
  return emitter.node('Resize', [value, '', scales], { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' })
}

/**
 * dy sent to the first maximum of each window of `x`. Windows that do not overlap are taken apart: first the dy of a
 * window goes to the first of its rows that holds the maximum, then the dy of that row to its first element that does.
 * Ties cost nothing extra, and they are common: images have even backgrounds.
 */
export function maxPoolGradient(emitter: Emitter, x: Tensor, dy: string, dyShape: Shape, window: PoolWindow, layout: Layout): string {
  if (!tiles(window, x.shape)) return scattered(emitter, emitter.value(x), dy, x.shape, dyShape, window)
  const [kernelHeight, kernelWidth] = window.kernel
  const [batch, channels, height, width] = x.shape
  const block = layout === 'blocked' ? (emitter.block ?? 1) : 1
  const planes = (batch * channels) / block
  const [rows, columns] = [height / kernelHeight, width / kernelWidth]
  const images = emitter.inLayout(x, layout)
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
    { values: images, first: () => pool(images, [1, 1], [1, kernelWidth]), target: rowMaxima, shape: [planes * height, columns, kernelWidth, block] },
    byRow,
  )
  return emitter.reshape(byElement, x.shape)
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

/** Windows that do not overlap send every dy to a place of its own; others add up, in order. */
function scattered(emitter: Emitter, x: string, dy: string, xShape: Shape, dyShape: Shape, window: PoolWindow): string {
  const positions = positionsOf(emitter, x, window)
  if (window.strides.every((stride, axis) => stride >= window.kernel[axis])) {
    return emitter.node('MaxUnpool', [dy, positions, emitter.ints(xShape)], attributesOf(window))
  }
  const zeros = emitter.node('Expand', [emitter.scalar('float32', 0), emitter.ints([sizeOf(xShape)])])
  const flat = (value: string): string => emitter.reshape(value, [sizeOf(dyShape)])
  const sums = emitter.node('ScatterElements', [zeros, flat(positions), flat(dy)], { axis: 0, reduction: 'add' })
  return emitter.reshape(sums, xShape)
}

const maxPoolForm: Form = {
  op: 'maxPool2d',
  emit: (emitter, node) => maxima(emitter, node.inputs[0], poolWindow(node), 'plain'),
}

const maxPoolGradientForm: Form = {
  op: 'maxPool2dGradient',
  emit(emitter, node) {
    const [x, dy] = node.inputs
    return maxPoolGradient(emitter, x, emitter.value(dy), dy.shape, poolWindow(node), 'plain')
  },
}

const maxPoolPickForm: Form = {
  op: 'maxPool2dPick',
  emit(emitter, node) {
    const [x, v] = node.inputs
    const positions = positionsOf(emitter, emitter.value(x), poolWindow(node))
    return emitter.node('Gather', [emitter.reshape(emitter.value(v), [sizeOf(v.shape)]), positions], { axis: 0 })
  },
}

export function averageAttributes(node: Tensor): Record<string, number | readonly number[]> {
  return { ...attributesOf(poolWindow(node)), count_include_pad: Number(flag(node, 'countIncludePad')) }
}

const avgPoolForm: Form = {
  op: 'avgPool2d',
  emit: (emitter, node) => emitter.node('AveragePool', emitter.values(node.inputs), averageAttributes(node)),
}

/** dy over the windows' sizes, repeated where windows tile, else spread by a transposed convolution with ones. */
const avgPoolGradientForm: Form = {
  op: 'avgPool2dGradient',
  emit(emitter, node) {
    const [dy] = node.inputs
    const window = poolWindow(node)
    if (tiles(window, node.shape)) return spread(emitter, evenShare(emitter, emitter.value(dy), window), window, 'plain')
    const { kernel, strides, pads } = window
    const [batch, channels, ...image] = node.shape
    const [, , rows, columns] = dy.shape
    const shares = emitter.graph.constant('float32', windowShares(node, dy.shape), [rows, columns])
    const images = emitter.reshape(emitter.node('Mul', [emitter.value(dy), shares]), [batch * channels, 1, rows, columns])
    const rest = image.map((extent, axis) => extent + pads[axis] + pads[axis + 2] - kernel[axis] - (dy.shape[axis + 2] - 1) * strides[axis])
    const ones = emitter.graph.constant('float32', new Array<number>(kernel[0] * kernel[1]).fill(1), [1, 1, ...kernel])
    return emitter.reshape(emitter.node('ConvTranspose', [images, ones], { ...attributesOf(window), output_padding: rest }), node.shape)
  },
}

/** dy divided by the area of windows that have no padding. */
export function evenShare(emitter: Emitter, dy: string, { kernel }: PoolWindow): string {
  return emitter.node('Mul', [dy, emitter.scalar('float32', 1 / (kernel[0] * kernel[1]))])
}

/** 1 / what each window's sum was divided by, [rows, columns]. */
function windowShares(node: Tensor, [, , rows, columns]: Shape): number[] {
  const { kernel, strides, pads } = poolWindow(node)
  const counted = (position: number, axis: number): number => {
    if (flag(node, 'countIncludePad')) return kernel[axis]
    const start = position * strides[axis] - pads[axis]
    return Math.min(start + kernel[axis], node.shape[axis + 2]) - Math.max(start, 0)
  }
  return Array.from({ length: rows * columns }, (_, at) => 1 / (counted(Math.floor(at / columns), 0) * counted(at % columns, 1)))
}

export const poolingForms: readonly Form[] = [maxPoolForm, maxPoolGradientForm, maxPoolPickForm, avgPoolForm, avgPoolGradientForm]
