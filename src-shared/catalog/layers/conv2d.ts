import { z } from 'zod'
import { field } from '../definition'
import { defineLayer } from './layer'
import { convolutionOptions, lowerConvolution } from './parts/convolution'
import { windowOf, windowProblem } from './parts/geometry'
import { kernelOptions } from './parts/options'
import { imageProblem, problem, softmaxProblem } from './parts/problems'

export const conv2d = defineLayer({
  type: 'conv2d',
  options: z.object({
    filters: field(z.int().min(1), {
      en: 'Number of output channels.',
      'zh-CN': '输出通道数。',
      symbol: 'n',
      unit: 'channels',
    }),
    ...convolutionOptions,
    groups: field(z.int().min(1).default(1), {
      en: 'Input channels and filters are split into this many independent groups. Equal to the input channels: a depthwise convolution.',
      'zh-CN': '输入通道与滤波器分成的独立组数。等于输入通道数时即为逐通道（depthwise）卷积。',
      symbol: 'g',
      unit: 'groups',
    }),
    ...kernelOptions,
  }),
  title: { en: 'Convolution 2D', 'zh-CN': '二维卷积' },
  help: {
    en: 'Slides filters over an image [channels, height, width] and adds a bias per filter. Padding `same` follows Keras and TensorFlow: the extra row or column goes to the bottom or right.',
    'zh-CN': '让滤波器在图像 [通道, 高, 宽] 上滑动，并为每个滤波器加上偏置。`same` 填充遵循 Keras 与 TensorFlow：多出的一行或一列补在下方或右侧。',
  },
  formula: String.raw`y_{o i j} = f\Big(b_o + \sum_{c < C / g}\ \sum_{0 \le u, v < k} W_{o c u v}\, x_{\lfloor o g / n \rfloor C / g + c,\ s i + d u - p,\ s j + d v - p}\Big)`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html; https://keras.io/api/layers/convolution_layers/convolution2d/',
  group: 'convolution',
  arity: [1, 1],
  infer: ([shape], options) => {
    const misplaced = imageProblem(shape)
    if (misplaced) return misplaced
    const [channels] = shape
    const { filters, groups } = options
    if (channels % groups !== 0) return problem('layer-groups-channels', { channels, groups }, 'groups')
    if (filters % groups !== 0) return problem('layer-groups-filters', { filters, groups }, 'filters')
    const window = windowOf(shape, { ...options, kernel: options.kernelSize, dilations: options.dilation })
    const output = [filters, ...window.output]
    return windowProblem(shape, window, 'kernelSize') ?? softmaxProblem(options.activation, output) ?? { shape: output }
  },
  lower: (scope, [x], options) => lowerConvolution(scope, x, options),
})
