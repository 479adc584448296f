import { z } from 'zod'
import { add, conv2d, reshape, transpose } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { biasOf, finish, kernelOf, kernelOptions } from './parts/options'
import { problem, softmaxProblem } from './parts/problems'
import { sequenceProblem } from './parts/sequence'
import { causalPadding1dSchema, window1dOf, window1dProblem, type Padding1d } from './parts/window1d'

interface WindowOptions {
  readonly kernelSize: number
  readonly strides: number
  readonly padding: Padding1d
  readonly dilation: number
}

export function conv1dWindow(steps: number, { kernelSize, strides, padding, dilation }: WindowOptions) {
  return window1dOf(steps, { size: kernelSize, stride: strides, dilation, padding })
}

export const conv1d = defineLayer({
  type: 'conv1d',
  options: z.object({
    filters: field(z.int().min(1), { en: 'Number of output features.', 'zh-CN': '输出特征数。', symbol: 'n', unit: 'features' }),
    kernelSize: field(z.int().min(1).default(3), { en: 'Length of the filters.', 'zh-CN': '滤波器的长度。', symbol: 'k', unit: 'steps' }),
    strides: field(z.int().min(1).default(1), { en: 'Step of the window.', 'zh-CN': '窗口移动的步长。', symbol: 's', unit: 'steps' }),
    padding: field(causalPadding1dSchema.default('valid'), {
      en: '`valid`: none. `same`: zeros so that output = ⌈input / stride⌉, as in Keras and TensorFlow, the extra step at the end. `causal`: zeros before the start alone, so that no output sees later steps. Or explicit: one number, or [before, after].',
      'zh-CN': '`valid`：不填充。`same`：补零使输出 = ⌈输入 / 步长⌉，与 Keras、TensorFlow 一致，多出的一步补在末尾。`causal`：只在开头补零，使输出不受之后时间步的影响。也可显式给出：一个数或 [之前, 之后]。',
      symbol: 'p',
      unit: 'steps',
    }),
    dilation: field(z.int().min(1).default(1), {
      en: 'Distance between the filter’s elements; 1 is dense.',
      'zh-CN': '滤波器元素之间的间距；1 表示无间隔。',
      symbol: 'd',
      unit: 'steps',
    }),
    groups: field(z.int().min(1).default(1), {
      en: 'Input features and filters are split into this many independent groups.',
      'zh-CN': '输入特征与滤波器分成的独立组数。',
      symbol: 'g',
      unit: 'groups',
    }),
    ...kernelOptions,
  }),
  title: { en: 'Convolution 1D', 'zh-CN': '一维卷积' },
  help: {
    en: 'Slides filters over a sequence [time, features] and adds a bias per filter: finds short patterns wherever they stand.',
    'zh-CN': '让滤波器沿序列 [时间, 特征] 滑动，并为每个滤波器加上偏置：无论短模式出现在何处都能找到。',
  },
  formula: String.raw`y_{t o} = f\Big(b_o + \sum_{c < C / g}\ \sum_{0 \le u < k} W_{o c u}\, x_{s t + d u - p,\ \lfloor o g / n \rfloor C / g + c}\Big)`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Conv1d.html; https://keras.io/api/layers/convolution_layers/convolution1d/',
  group: 'convolution',
  arity: [1, 1],
  infer: ([shape], options) => {
    const misplaced = sequenceProblem(shape)
    if (misplaced) return misplaced
    const [steps, channels] = shape
    const { filters, groups } = options
    if (channels % groups !== 0) return problem('layer-groups-channels', { channels, groups }, 'groups')
    if (filters % groups !== 0) return problem('layer-groups-filters', { filters, groups }, 'filters')
    const window = conv1dWindow(steps, options)
    const output = [window.output, filters]
    return window1dProblem(steps, window, 'kernelSize') ?? softmaxProblem(options.activation, output) ?? { shape: output }
  },
  lower: (scope, [x], options) => {
    const [batch, steps, features] = x.shape
    const { filters, groups } = options
    const { size, stride, dilation, pads, output } = conv1dWindow(steps, options)
    const channels = features / groups
    const fans = { fanIn: channels * size, fanOut: filters * size }
    const kernel = kernelOf(scope, options, [filters, channels, size], [1, 2], fans)
    const image = reshape(transpose(x, [0, 2, 1]), [batch, features, 1, steps])
    const attrs = { strides: [1, stride], pads: [0, pads[0], 0, pads[1]], dilations: [1, dilation], groups } as const
    const filtered = conv2d(image, reshape(kernel, [filters, channels, 1, size]), attrs)
    const biased = options.useBias ? add(filtered, reshape(biasOf(scope, options, filters, fans), [filters, 1, 1])) : filtered
    return finish(scope, transpose(reshape(biased, [batch, filters, output]), [0, 2, 1]), options)
  },
})
