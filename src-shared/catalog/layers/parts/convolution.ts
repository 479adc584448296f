import { add, conv2d, reshape, type Tensor } from '@shared/graph'
import { field } from '../../definition'
import type { LayerScope } from '../layer'
import { paddingSchema, pairSchema, windowOf, type Padding, type Pair } from './geometry'
import { biasOf, finish, kernelOf, type KernelOptions } from './options'

/** Options of every sliding window that convolves. */
export const convolutionOptions = {
  kernelSize: field(pairSchema.default(3), {
    en: 'Height and width of the filters: one number, or [height, width].',
    'zh-CN': '滤波器的高与宽：一个数，或 [高, 宽]。',
    symbol: 'k',
    unit: 'pixels',
  }),
  strides: field(pairSchema.default(1), {
    en: 'Step of the window: one number, or [down, right].',
    'zh-CN': '窗口移动的步长：一个数，或 [纵向, 横向]。',
    symbol: 's',
    unit: 'pixels',
  }),
  padding: field(paddingSchema.default('valid'), {
    en: '`valid`: none. `same`: zeros so that output = ⌈input / stride⌉, as in Keras and TensorFlow: of an odd pad the extra row or column comes at the bottom or right (PyTorch’s symmetric padding differs with strides). Or explicit: one number, [vertical, horizontal], or [top, left, bottom, right].',
    'zh-CN': '`valid`：不填充。`same`：补零使输出 = ⌈输入 / 步长⌉，与 Keras、TensorFlow 一致：需补奇数行列时，多出的一行或一列补在下方或右侧（步长大于 1 时与 PyTorch 的对称填充不同）。也可显式给出：一个数、[纵向, 横向] 或 [上, 左, 下, 右]。',
    symbol: 'p',
    unit: 'pixels',
  }),
  dilation: field(pairSchema.default(1), {
    en: 'Distance between the filter’s elements: one number, or [vertical, horizontal]; 1 is dense.',
    'zh-CN': '滤波器元素之间的间距：一个数，或 [纵向, 横向]；1 表示无间隔。',
    symbol: 'd',
    unit: 'pixels',
  }),
}

interface ConvolutionOptions extends KernelOptions {
  readonly filters: number
  readonly groups: number
  readonly kernelSize: Pair
  readonly strides: Pair
  readonly padding: Padding
  readonly dilation: Pair
  readonly useBias: boolean
}

/**
 * Convolution of `[batch, channels, height, width]`, bias and activation. Fans are those of Keras and PyTorch:
 * in = channels / groups · kernel area, out = filters · kernel area, whatever the groups.
 */
export function lowerConvolution(scope: LayerScope, x: Tensor, options: ConvolutionOptions): Tensor {
  const { filters, groups } = options
  const { kernel: size, strides, dilations, pads } = windowOf(x.shape.slice(1), { ...options, kernel: options.kernelSize, dilations: options.dilation })
  const channels = x.shape[1] / groups
  const area = size[0] * size[1]
  const fans = { fanIn: channels * area, fanOut: filters * area }
  const kernel = kernelOf(scope, options, [filters, channels, ...size], [1, 2, 3], fans)
  const filtered = conv2d(x, kernel, { strides, pads, dilations, groups })
  return finish(scope, options.useBias ? add(filtered, reshape(biasOf(scope, options, filters, fans), [filters, 1, 1])) : filtered, options)
}
