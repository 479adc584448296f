import { z } from 'zod'
import type { Shape } from '@shared/graph'
import { field } from '../../definition'
import type { ShapeProblem, ShapeResult } from '../layer'
import { problem } from './problems'
import { sequenceProblem } from './sequence'

const nonNegative = z.int().min(0)
const explicit = [nonNegative, z.tuple([nonNegative, nonNegative])] as const

/** A number at both ends, or `[before, after]`. */
const padding1dSchema = z.union([z.enum(['valid', 'same']), ...explicit])
export const causalPadding1dSchema = z.union([z.enum(['valid', 'same', 'causal']), ...explicit])

export type Padding1d = z.output<typeof causalPadding1dSchema>

/** A sliding window over time, resolved. */
export interface Window1d {
  readonly size: number
  readonly stride: number
  readonly dilation: number
  /** Steps added before the first and after the last. */
  readonly pads: readonly [number, number]
  /** Output steps; less than 1 where the window does not fit. */
  readonly output: number
}

/** `same` as in Keras and TensorFlow (an odd pad's extra step after the end); `causal`: all of it before the first step. */
export function window1dOf(steps: number, { size, stride, dilation = 1, padding }: { readonly size: number; readonly stride: number; readonly dilation?: number; readonly padding: Padding1d }): Window1d {
  const span = (size - 1) * dilation + 1
  const pads = padsOf(steps, span, stride, padding)
  return { size, stride, dilation, pads, output: Math.floor((steps + pads[0] + pads[1] - span) / stride) + 1 }
}

function padsOf(steps: number, span: number, stride: number, padding: Padding1d): readonly [number, number] {
  if (padding === 'valid') return [0, 0]
  if (padding === 'causal') return [span - 1, 0]
  if (padding === 'same') {
    const total = Math.max((Math.ceil(steps / stride) - 1) * stride + span - steps, 0)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  }
  return typeof padding === 'number' ? [padding, padding] : padding
}

/** Null when the window fits at least once. */
export function window1dProblem(steps: number, { size, dilation, pads, output }: Window1d, option: string): { readonly problem: ShapeProblem } | null {
  if (output >= 1) return null
  return problem('layer-window-too-large', { dimension: 'time', window: (size - 1) * dilation + 1, extent: steps + pads[0] + pads[1] }, option)
}

/** Options of pooling windows over time. */
export const pooling1dOptions = {
  poolSize: field(z.int().min(1).default(2), { en: 'Length of the window.', 'zh-CN': '窗口的长度。', symbol: 'k', unit: 'steps' }),
  strides: field(z.int().min(1).optional(), {
    en: 'Step of the window. Default: its length, so that windows do not overlap.',
    'zh-CN': '窗口移动的步长。默认等于窗口长度，即窗口互不重叠。',
    symbol: 's',
    unit: 'steps',
  }),
  padding: field(padding1dSchema.default('valid'), {
    en: '`valid`: none; steps left over are dropped. `same`: output = ⌈input / stride⌉ as in Keras and TensorFlow, the extra step at the end. Or explicit: one number, or [before, after].',
    'zh-CN': '`valid`：不填充，剩余的时间步被舍去。`same`：输出 = ⌈输入 / 步长⌉，与 Keras、TensorFlow 一致，多出的一步补在末尾。也可显式给出：一个数或 [之前, 之后]。',
    symbol: 'p',
    unit: 'steps',
  }),
}

interface Pooling1dOptions {
  readonly poolSize: number
  readonly strides?: number
  readonly padding: Padding1d
}

export function pool1dWindow(steps: number, { poolSize, strides, padding }: Pooling1dOptions): Window1d {
  return window1dOf(steps, { size: poolSize, stride: strides ?? poolSize, padding })
}

/** Features are kept, the steps are those of the window. */
export function inferPooling1d(shape: Shape, options: Pooling1dOptions): ShapeResult {
  const misplaced = sequenceProblem(shape)
  if (misplaced) return misplaced
  const [steps, features] = shape
  const window = pool1dWindow(steps, options)
  const tooLarge = window1dProblem(steps, window, 'poolSize')
  if (tooLarge) return tooLarge
  const pad = Math.max(...window.pads)
  if (pad >= window.size) return problem('layer-pool-padding', { dimension: 'time', pad, window: window.size }, 'padding')
  return { shape: [window.output, features] }
}
