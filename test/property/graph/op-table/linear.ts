import { conv2d, conv2dFilterGradient, conv2dInputGradient, matmul } from '@shared/graph'
import type { ConvOptions } from '@shared/graph'
import { coin, drawFrom, pick, real } from '../draw'
import type { Draw } from '../draw'
import { float } from '../example'
import type { Example, OpEntry } from '../example'

function matmulExample(draw: Draw, batch: readonly number[], m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): Example {
  const a = [...batch, ...(transposeA ? [k, m] : [m, k])]
  const b = [...batch, ...(transposeB ? [n, k] : [k, n])]
  return {
    inputs: [float(a, real(draw, a)), float(b, real(draw, b))],
    lower: ([left, right]) => matmul(left, right, { transposeA, transposeB }),
  }
}

interface ConvGeometry {
  readonly x: readonly number[]
  readonly w: readonly number[]
  readonly options: ConvOptions
}

/** Odd geometries: strides that leave a remainder, dilations, unequal pads, groups, depthwise. */
function convGeometry(draw: Draw): ConvGeometry {
  const kernel = [draw.integer(1, 3), draw.integer(1, 3)]
  const dilations = [draw.integer(1, 2), draw.integer(1, 2)]
  const pads = Array.from({ length: 4 }, () => draw.integer(0, 2))
  const extents = [0, 1].map((axis) => Math.max(1, (kernel[axis] - 1) * dilations[axis] + 1 - pads[axis] - pads[axis + 2]) + draw.integer(0, 3))
  const groups = draw.integer(1, 3)
  const depth = pick(draw, [1, 1, 2])
  return {
    x: [draw.integer(1, 2), groups * depth, ...extents],
    w: [groups * draw.integer(1, 2), depth, ...kernel],
    options: { strides: [draw.integer(1, 3), draw.integer(1, 3)], pads, dilations, groups },
  }
}

const geometry = (x: readonly number[], w: readonly number[], strides: number[], pads: number[], dilations: number[], groups: number): ConvGeometry => ({
  x,
  w,
  options: { strides, pads, dilations, groups },
})

const CONV_EDGES: readonly ConvGeometry[] = [
  geometry([2, 3, 6, 5], [4, 3, 3, 3], [1, 1], [1, 1, 1, 1], [1, 1], 1),
  geometry([2, 1, 8, 8], [16, 1, 3, 3], [1, 1], [0, 0, 0, 0], [1, 1], 1),
  geometry([2, 16, 4, 4], [16, 16, 3, 3], [1, 1], [1, 1, 1, 1], [1, 1], 1),
  geometry([1, 2, 7, 8], [4, 2, 3, 2], [2, 3], [0, 1, 2, 0], [1, 1], 1),
  geometry([1, 4, 6, 6], [4, 1, 3, 3], [1, 1], [1, 1, 1, 1], [1, 1], 4),
  geometry([1, 3, 6, 6], [6, 1, 2, 2], [2, 2], [0, 0, 1, 1], [1, 1], 3),
  geometry([2, 4, 7, 7], [6, 2, 3, 3], [1, 2], [2, 2, 2, 2], [2, 2], 2),
  geometry([1, 2, 5, 5], [3, 2, 1, 1], [2, 2], [0, 0, 0, 0], [1, 1], 1),
  geometry([2, 3, 1, 1], [2, 3, 1, 1], [1, 1], [0, 0, 0, 0], [1, 1], 1),
]

type ConvForm = (draw: Draw, geometry: ConvGeometry) => Example

const forward: ConvForm = (draw, { x, w, options }) => ({
  inputs: [float(x, real(draw, x)), float(w, real(draw, w))],
  lower: ([images, filters]) => conv2d(images, filters, options),
})

const toInput: ConvForm = (draw, { x, w, options }) => {
  const y = outputShape(x, w, options)
  return {
    inputs: [float(w, real(draw, w)), float(y, real(draw, y))],
    lower: ([filters, dy]) => conv2dInputGradient(filters, dy, { ...options, inputShape: x }),
  }
}

const toFilter: ConvForm = (draw, { x, w, options }) => {
  const y = outputShape(x, w, options)
  return {
    inputs: [float(x, real(draw, x)), float(y, real(draw, y))],
    lower: ([images, dy]) => conv2dFilterGradient(images, dy, { ...options, filterShape: w }),
  }
}

function outputShape(x: readonly number[], w: readonly number[], { strides, pads, dilations }: ConvOptions): number[] {
  const extent = (axis: number): number =>
    Math.floor((x[axis + 2] + pads[axis] + pads[axis + 2] - (w[axis + 2] - 1) * dilations[axis] - 1) / strides[axis]) + 1
  return [x[0], w[0], extent(0), extent(1)]
}

function conv(name: string, form: ConvForm): OpEntry {
  return {
    random: (draw) => form(draw, convGeometry(draw)),
    edges: CONV_EDGES.map((edge, at) => form(drawFrom(name, at), edge)),
  }
}

export const linear: Record<string, OpEntry> = {
  matmul: {
    random: (draw) => {
      const batch = pick(draw, [[], [], [2], [2, 1]])
      return matmulExample(draw, batch, draw.integer(1, 4), draw.integer(1, 4), draw.integer(1, 4), coin(draw), coin(draw))
    },
    edges: [
      matmulExample(drawFrom('matmul', 0), [], 17, 33, 5, false, false),
      matmulExample(drawFrom('matmul', 1), [], 17, 33, 5, true, false),
      matmulExample(drawFrom('matmul', 2), [], 17, 33, 5, false, true),
      matmulExample(drawFrom('matmul', 3), [], 17, 33, 5, true, true),
      matmulExample(drawFrom('matmul', 4), [2, 3], 4, 5, 3, true, false),
      matmulExample(drawFrom('matmul', 5), [], 1, 1, 1, false, false),
      { inputs: [float([3, 3], real(drawFrom('matmul', 6), [3, 3]))], lower: ([a]) => matmul(a, a, { transposeA: true }) },
    ],
  },
  conv2d: conv('conv2d', forward),
  conv2dInputGradient: conv('conv2dInputGradient', toInput),
  conv2dFilterGradient: conv('conv2dFilterGradient', toFilter),
}
