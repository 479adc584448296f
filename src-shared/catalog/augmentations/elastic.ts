import { z } from 'zod'
import { add, constantTensor, conv2d, mul, reshape, slice, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineGeometry } from './augmentation'
import { uniform } from './parts/draws'
import { fillField } from './parts/fill'

/** A normal curve over whole numbers, as long as three deviations to both sides or the picture allow; sum 1. */
function normalCurve(deviation: number, most: number): Float32Array {
  const radius = Math.min(Math.ceil(3 * deviation), most)
  const curve = Float64Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-((at - radius) ** 2) / (2 * deviation ** 2)))
  const total = curve.reduce((sum, each) => sum + each, 0)
  return Float32Array.from(curve, (each) => each / total)
}

/** `[batch, 1, height, width]` smoothed along one axis, zeros beyond the edge. */
function smoothed(x: Tensor, curve: Float32Array, axis: 2 | 3): Tensor {
  const radius = (curve.length - 1) / 2
  const shape = axis === 2 ? [1, 1, curve.length, 1] : [1, 1, 1, curve.length]
  const [vertical, horizontal] = axis === 2 ? [radius, 0] : [0, radius]
  return conv2d(x, constantTensor(x.graph, curve, shape, 'float32'), { strides: [1, 1], pads: [vertical, horizontal, vertical, horizontal], dilations: [1, 1], groups: 1 })
}

export const elastic = defineGeometry({
  type: 'elastic',
  kind: 'geometry',
  onGrid: true,
  options: z.object({
    displacement: field(z.number().min(0).default(1), {
      en: 'Typical distance by which pixels move (root mean square, in each direction).',
      'zh-CN': '像素移动的典型距离（每个方向的均方根）。',
      symbol: 'd',
      unit: 'pixels',
    }),
    smoothness: field(z.number().gt(0).max(64).default(3), {
      en: 'Standard deviation of the curve that smooths the displacements: small values crumple, large ones bend.',
      'zh-CN': '平滑位移场所用正态曲线的标准差：较小则呈褶皱，较大则呈弯曲。',
      symbol: String.raw`\sigma`,
      unit: 'pixels',
    }),
    fill: fillField,
  }),
  title: { en: 'Elastic', 'zh-CN': '弹性变形' },
  help: {
    en: 'Moves every pixel by a smooth random field: handwriting by another hand. The best augmentation of digits in the paper.',
    'zh-CN': '用平滑的随机位移场移动每个像素，如同换一只手书写。论文中对手写数字最有效的增强。',
  },
  formula: String.raw`x'(u) = x\big(u + d \, \hat{G}_\sigma * n(u)\big), \quad n \sim \mathcal{U}[-1, 1]^2, \ \hat{G}_\sigma * n \text{ of unit variance}`,
  source: 'Simard, Steinkraus & Platt, Best Practices for Convolutional Neural Networks, ICDAR 2003, section 2 (normalized to the displacement’s size in the middle of the picture)',
  move: (scope, at, batch, [, height, width], { displacement, smoothness }) => {
    const [down, across] = [normalCurve(smoothness, height - 1), normalCurve(smoothness, width - 1)]
    const energy = (curve: Float32Array): number => curve.reduce((sum, each) => sum + each * each, 0)
    // Uniform values of −1 … 1 have variance 1/3, and smoothing multiplies it by the curves' energies.
    const scale = displacement / Math.sqrt((energy(down) * energy(across)) / 3)
    const noise = smoothed(smoothed(uniform(scope, [2 * batch, 1, height, width], -1, 1), down, 2), across, 3)
    const moved = mul(reshape(noise, [2, batch, height, width]), scale)
    const part = (which: 0 | 1): Tensor => reshape(slice(moved, { starts: [which, 0, 0, 0], sizes: [1, batch, height, width] }), [batch, height, width])
    return { x: add(at.x, part(0)), y: add(at.y, part(1)) }
  },
})
