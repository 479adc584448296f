import { field } from '../../definition'
import type { Shape } from '@shared/graph'
import type { ShapeResult } from '../layer'
import { paddingSchema, pairSchema, poolPaddingProblem, windowOf, windowProblem, type Padding, type Pair, type Window } from './geometry'
import { imageProblem } from './problems'

/** Options of pooling windows. */
export const poolingOptions = {
  poolSize: field(pairSchema.default(2), {
    en: 'Height and width of the window: one number, or [height, width].',
    'zh-CN': '窗口的高与宽：一个数，或 [高, 宽]。',
    symbol: 'k',
    unit: 'pixels',
  }),
  strides: field(pairSchema.optional(), {
    en: 'Step of the window: one number, or [down, right]. Default: the window’s size, so that windows do not overlap.',
    'zh-CN': '窗口移动的步长：一个数，或 [纵向, 横向]。默认等于窗口大小，即窗口互不重叠。',
    symbol: 's',
    unit: 'pixels',
  }),
  padding: field(paddingSchema.default('valid'), {
    en: '`valid`: none; rows and columns left over are dropped. `same`: output = ⌈input / stride⌉ as in Keras and TensorFlow, the extra row or column at the bottom or right. Or explicit: one number, [vertical, horizontal], or [top, left, bottom, right].',
    'zh-CN': '`valid`：不填充，剩余的行列被舍去。`same`：输出 = ⌈输入 / 步长⌉，与 Keras、TensorFlow 一致，多出的一行或一列补在下方或右侧。也可显式给出：一个数、[纵向, 横向] 或 [上, 左, 下, 右]。',
    symbol: 'p',
    unit: 'pixels',
  }),
}

interface PoolingOptions {
  readonly poolSize: Pair
  readonly strides?: Pair
  readonly padding: Padding
}

export function poolWindow(shape: Shape, { poolSize, strides, padding }: PoolingOptions): Window {
  return windowOf(shape, { kernel: poolSize, strides: strides ?? poolSize, padding })
}

/** Channels are kept, height and width are those of the window. */
export function inferPooling(shape: Shape, options: PoolingOptions): ShapeResult {
  const misplaced = imageProblem(shape)
  if (misplaced) return misplaced
  const window = poolWindow(shape, options)
  return windowProblem(shape, window, 'poolSize') ?? poolPaddingProblem(window) ?? { shape: [shape[0], ...window.output] }
}
