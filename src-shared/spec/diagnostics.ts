import { z } from 'zod'
import { field } from '@shared/catalog/definition'

/** Share of the training time that diagnostics take in a window unless the document says otherwise. */
export const DEFAULT_BUDGET = 0.05

const chosen = z.strictObject({
  budget: field(z.number().gt(0).max(1).default(0.1), {
    en: 'Share of the training time that measuring may take.',
    'zh-CN': '测量最多占用的训练时间比例。',
  }),
  everySteps: field(z.int().min(1).optional(), {
    en: 'Measure before every n-th update, whatever it costs. Left out: as often as the budget allows.',
    'zh-CN': '每 n 次更新测量一次，不计耗时；省略时在预算内尽量多测。',
    unit: 'steps',
  }),
  histograms: field(z.boolean().default(true), {
    en: 'Distributions of weights, gradients and activations beside the norms.',
    'zh-CN': '除范数外，还记录权重、梯度和激活的分布。',
  }),
  curvature: field(z.boolean().default(false), {
    en: 'Sharpness, gradient noise scale and the angle between updates too: dozens of gradients a measurement.',
    'zh-CN': '同时测量锐度、梯度噪声尺度和相邻更新的夹角：每次测量相当于数十次梯度计算。',
  }),
})

/** `auto`: within 5% of the time where a window shows the run, none on the command line. */
export const diagnosticsSchema = z.union([z.literal('auto'), z.literal('off'), chosen])

export type DiagnosticsChoice = z.output<typeof diagnosticsSchema>
