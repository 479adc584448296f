import { z } from 'zod'
import { add, conv2dInputGradient, reshape, type Shape } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { pair, pairSchema, windowOf, type Pair, type Window } from './parts/geometry'
import { biasOf, finish, kernelOf, kernelOptions } from './parts/options'
import { imageProblem, softmaxProblem } from './parts/problems'

interface TransposeOptions {
  readonly filters: number
  readonly kernelSize: Pair
  readonly strides: Pair
  readonly padding: 'valid' | 'same'
}

/** The image `[filters, height, width]` that comes out, and the window whose convolution would lead back from it. */
function geometryOf([, ...extents]: Shape, { filters, kernelSize, strides, padding }: TransposeOptions): { readonly output: Shape; readonly window: Window } {
  const [kernel, step] = [pair(kernelSize), pair(strides)]
  const sides = extents.map((extent, axis) => (padding === 'same' ? extent * step[axis] : (extent - 1) * step[axis] + kernel[axis]))
  const output = [filters, ...sides]
  return { output, window: windowOf(output, { kernel: kernelSize, strides, padding }) }
}

export const conv2dTranspose = defineLayer({
  type: 'conv2dTranspose',
  options: z.object({
    filters: field(z.int().min(1), {
      en: 'Number of output channels.',
      'zh-CN': '输出通道数。',
      symbol: 'n',
      unit: 'channels',
    }),
    kernelSize: field(pairSchema.default(3), {
      en: 'Height and width of the filters: one number, or [height, width]. A multiple of the stride avoids checkerboard patterns.',
      'zh-CN': '滤波器的高与宽：一个数，或 [高, 宽]。取步长的倍数可避免棋盘状伪影。',
      symbol: 'k',
      unit: 'pixels',
    }),
    strides: field(pairSchema.default(1), {
      en: 'How many times larger the image becomes: one number, or [down, right].',
      'zh-CN': '图像放大的倍数：一个数，或 [纵向, 横向]。',
      symbol: 's',
      unit: 'pixels',
    }),
    padding: field(z.enum(['valid', 'same']).default('valid'), {
      en: '`valid`: output = (input − 1) · stride + kernel, as in PyTorch with padding 0. `same`: output = input · stride, as in Keras; the opposite of a conv2d with padding `same`.',
      'zh-CN': '`valid`：输出 = (输入 − 1) · 步长 + 核大小，同 PyTorch 的 padding 0。`same`：输出 = 输入 · 步长，同 Keras，与 padding 为 `same` 的 conv2d 相逆。',
      symbol: 'p',
    }),
    ...kernelOptions,
  }),
  title: { en: 'Transposed convolution 2D', 'zh-CN': '二维转置卷积' },
  help: {
    en: 'Spreads every pixel over a window of a larger image: the decoder’s counterpart of a strided conv2d, for autoencoders and generators. The kernel is [in, out, height, width] as in PyTorch. With a stride above the kernel size, Keras’s `valid` adds empty rows and columns at the end; here, as in PyTorch, it does not.',
    'zh-CN': '把每个像素展开到更大图像的一个窗口上：与带步长的 conv2d 相对应的解码层，用于自编码器与生成网络。核的排列为 [输入, 输出, 高, 宽]，同 PyTorch。步长大于核时，Keras 的 `valid` 会在末尾补空行空列；这里与 PyTorch 一样不补。',
  },
  formula: String.raw`y_{o,\ s i + u - p,\ s j + v - p} \mathrel{+}= W_{c o u v}\, x_{c i j} \quad (0 \le u, v < k,\ o < n), \qquad y = f(y + b)`,
  source: 'Dumoulin & Visin, A Guide to Convolution Arithmetic for Deep Learning, arXiv:1603.07285, chapter 4; https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html',
  group: 'convolution',
  arity: [1, 1],
  infer: ([shape], options) => {
    const misplaced = imageProblem(shape)
    if (misplaced) return misplaced
    const { output } = geometryOf(shape, options)
    return softmaxProblem(options.activation, output) ?? { shape: output }
  },
  lower: (scope, [x], options) => {
    const [batch, channels] = x.shape
    const { output, window } = geometryOf(x.shape.slice(1), options)
    const area = window.kernel[0] * window.kernel[1]
    // Fans by the kernel's second and first axis, as in PyTorch and Keras: those of the convolution that leads back.
    const fans = { fanIn: options.filters * area, fanOut: channels * area }
    const kernel = kernelOf(scope, options, [channels, options.filters, ...window.kernel], [0, 2, 3], fans)
    const { strides, dilations, pads } = window
    const spread = conv2dInputGradient(kernel, x, { inputShape: [batch, ...output], strides, dilations, pads, groups: 1 })
    return finish(scope, options.useBias ? add(spread, reshape(biasOf(scope, options, options.filters, fans), [options.filters, 1, 1])) : spread, options)
  },
})
