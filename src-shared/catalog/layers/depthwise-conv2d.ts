import { z } from 'zod'
import { field } from '../definition'
import { defineLayer } from './layer'
import { convolutionOptions, lowerConvolution } from './parts/convolution'
import { windowOf, windowProblem } from './parts/geometry'
import { kernelOptions } from './parts/options'
import { imageProblem, softmaxProblem } from './parts/problems'

export const depthwiseConv2d = defineLayer({
  type: 'depthwiseConv2d',
  options: z.object({
    depthMultiplier: field(z.int().min(1).default(1), {
      en: 'Output channels per input channel.',
      'zh-CN': '每个输入通道产生的输出通道数。',
      symbol: 'm',
      unit: 'channels',
    }),
    ...convolutionOptions,
    ...kernelOptions,
  }),
  title: { en: 'Depthwise convolution 2D', 'zh-CN': '逐通道二维卷积' },
  help: {
    en: 'Convolves every channel with filters of its own: the same as conv2d with as many groups as input channels. With a 1×1 conv2d after it, a separable convolution.',
    'zh-CN': '每个通道使用各自的滤波器，等同于组数等于输入通道数的 conv2d。其后接 1×1 conv2d 即为可分离卷积。',
  },
  formula: String.raw`y_{c m + q,\ i j} = f\Big(b_{c m + q} + \sum_{0 \le u, v < k} W_{c m + q,\ u v}\, x_{c,\ s i + d u - p,\ s j + d v - p}\Big)`,
  source: 'Howard et al., MobileNets, arXiv:1704.04861, section 3.1; https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/',
  group: 'convolution',
  arity: [1, 1],
  infer: ([shape], options) => {
    const misplaced = imageProblem(shape)
    if (misplaced) return misplaced
    const window = windowOf(shape, { ...options, kernel: options.kernelSize, dilations: options.dilation })
    const output = [shape[0] * options.depthMultiplier, ...window.output]
    return windowProblem(shape, window, 'kernelSize') ?? softmaxProblem(options.activation, output) ?? { shape: output }
  },
  lower: (scope, [x], options) => {
    const groups = x.shape[1]
    return lowerConvolution(scope, x, { ...options, groups, filters: groups * options.depthMultiplier })
  },
})
