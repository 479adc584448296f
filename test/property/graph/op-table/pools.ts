import { avgPool2d, avgPool2dGradient, maxPool2d, maxPool2dGradient, maxPool2dPick } from '@shared/graph'
import type { PoolAttrs } from '@shared/graph'
import { coin, distinct, drawFrom, integers, real } from '../draw'
import type { Draw } from '../draw'
import { fixed, float } from '../example'
import type { Example, OpEntry } from '../example'

interface PoolGeometry {
  readonly x: readonly number[]
  readonly attrs: PoolAttrs
}

function poolGeometry(draw: Draw): PoolGeometry {
  const kernel = [draw.integer(1, 3), draw.integer(1, 3)]
  const pads = [0, 1, 2, 3].map((side) => draw.integer(0, kernel[side % 2] - 1))
  const extents = kernel.map((size) => size + draw.integer(0, 4))
  return {
    x: [draw.integer(1, 2), draw.integer(1, 2), ...extents],
    attrs: { kernel, strides: [draw.integer(1, 3), draw.integer(1, 3)], pads },
  }
}

const geometry = (x: readonly number[], kernel: number[], strides: number[], pads: number[]): PoolGeometry => ({ x, attrs: { kernel, strides, pads } })

const POOL_EDGES: readonly PoolGeometry[] = [
  geometry([2, 3, 6, 4], [2, 2], [2, 2], [0, 0, 0, 0]),
  geometry([1, 2, 7, 5], [2, 2], [2, 2], [0, 0, 0, 0]),
  geometry([1, 2, 6, 6], [3, 3], [2, 2], [1, 1, 1, 1]),
  geometry([1, 2, 5, 6], [3, 3], [1, 1], [0, 0, 0, 0]),
  geometry([1, 1, 6, 7], [3, 2], [1, 3], [2, 0, 1, 1]),
  geometry([2, 3, 4, 4], [4, 4], [1, 1], [0, 0, 0, 0]),
  geometry([1, 2, 5, 5], [1, 1], [2, 2], [0, 0, 0, 0]),
]

type PoolForm = (draw: Draw, geometry: PoolGeometry, image: (draw: Draw, shape: readonly number[]) => Float64Array, includePad: boolean) => Example

function outputShape({ x, attrs: { kernel, strides, pads } }: PoolGeometry): number[] {
  const extent = (axis: number): number => Math.floor((x[axis + 2] + pads[axis] + pads[axis + 2] - kernel[axis]) / strides[axis]) + 1
  return [x[0], x[1], extent(0), extent(1)]
}

const max: PoolForm = (draw, { x, attrs }, image) => ({ inputs: [float(x, image(draw, x))], lower: ([images]) => maxPool2d(images, attrs) })

const maxGradient: PoolForm = (draw, pool, image) => {
  const y = outputShape(pool)
  return {
    inputs: [fixed(pool.x, image(draw, pool.x)), float(y, real(draw, y))],
    lower: ([images, dy]) => maxPool2dGradient(images, dy, pool.attrs),
  }
}

const maxPick: PoolForm = (draw, { x, attrs }, image) => ({
  inputs: [fixed(x, image(draw, x)), float(x, real(draw, x))],
  lower: ([images, v]) => maxPool2dPick(images, v, attrs),
})

const avg: PoolForm = (draw, { x, attrs }, image, countIncludePad) => ({
  inputs: [float(x, image(draw, x))],
  lower: ([images]) => avgPool2d(images, { ...attrs, countIncludePad }),
})

const avgGradient: PoolForm = (draw, pool, image, countIncludePad) => {
  const y = outputShape(pool)
  return {
    inputs: [float(y, image(draw, y))],
    lower: ([dy]) => avgPool2dGradient(dy, { ...pool.attrs, countIncludePad, inputShape: pool.x }),
  }
}

/** Many equal elements, so that windows hold ties: 0s and 1s, and relu's zeros. */
const tied = (draw: Draw, shape: readonly number[]): Float64Array => integers(draw, shape, 0, 1)

function maxPool(name: string, form: PoolForm): OpEntry {
  return {
    random: (draw) => form(draw, poolGeometry(draw), distinct, false),
    edges: POOL_EDGES.flatMap((edge, at) => [form(drawFrom(name, at), edge, distinct, false), form(drawFrom(name, 'tied', at), edge, tied, false)]),
  }
}

function avgPool(name: string, form: PoolForm): OpEntry {
  return {
    random: (draw) => form(draw, poolGeometry(draw), real, coin(draw)),
    edges: POOL_EDGES.flatMap((edge, at) => [true, false].map((includePad) => form(drawFrom(name, at), edge, real, includePad))),
  }
}

export const pools: Record<string, OpEntry> = {
  maxPool2d: maxPool('maxPool2d', max),
  maxPool2dGradient: maxPool('maxPool2dGradient', maxGradient),
  maxPool2dPick: maxPool('maxPool2dPick', maxPick),
  avgPool2d: avgPool('avgPool2d', avg),
  avgPool2dGradient: avgPool('avgPool2dGradient', avgGradient),
}
