import { z } from 'zod'
import { field, type Definition, type OptionsOf } from '../definition'
import type { ScheduleContext } from '../schedules/schedule'

export interface AveragingDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Share of the old average that stays at the update after `step` others; the rest comes from the weights it gives.
   *  0: the average is those weights; 1: it stays as it is. */
  keep(step: number, context: ScheduleContext, options: OptionsOf<Definition<S>>): number
}

/** Checks a definition while keeping the types of its options. */
export function defineAveraging<S extends z.ZodObject>(definition: AveragingDefinition<S>): AveragingDefinition<S> {
  return definition
}

const useField = field(z.boolean().default(true), {
  en: 'Evaluate, show and export the averaged weights. Off: they are only kept in checkpoints, beside the others.',
  'zh-CN': '使用平均后的权重进行评估、展示和导出。关闭时它们仅与原权重一起保存在检查点中。',
})

const statisticsField = field(z.enum(['last', 'average']).default('last'), {
  en: 'Running statistics of batch normalization that go with averaged weights: the `last` ones (as Keras and PyTorch), or averaged like the weights. PyTorch’s update_bn measures them anew, which neither does.',
  'zh-CN': '与平均权重搭配的批归一化统计量：`last` 使用最新值（与 Keras、PyTorch 相同），`average` 与权重一样取平均。二者都不像 PyTorch 的 update_bn 那样重新统计。',
})

/** An averaging's options: the common ones and its own. */
export function averagingOptions<S extends z.ZodRawShape>(own: S) {
  return z.object({ ...own, use: useField, statistics: statisticsField })
}
