import { z } from 'zod'
import { field } from '../definition'

const ratio = z.number().min(0).max(1)

/** How rows are divided; the same for every data set. */
export const splitSchema = z.strictObject({
  train: field(ratio.gt(0).optional(), {
    en: 'Share of the rows to train on. Default: all that validation and test leave. Less than that leaves rows unused.',
    'zh-CN': '用于训练的行所占比例。默认：验证和测试之外的全部行。小于该值时其余行不使用。',
  }),
  validation: field(ratio.lt(1).default(0.2), {
    en: 'Share of the rows to validate on, 0 for none.',
    'zh-CN': '用于验证的行所占比例，0 表示不设验证集。',
  }),
  test: field(ratio.lt(1).default(0), {
    en: 'Share of the rows kept for a final test, 0 for none. Leave at 0 where the data set brings its own test part.',
    'zh-CN': '留作最终测试的行所占比例，0 表示不设。数据集自带测试集时保持为 0。',
  }),
  stratified: field(z.boolean().optional(), {
    en: 'Give every part the same mix of classes. Default: yes where the target is a class.',
    'zh-CN': '让各部分的类别比例相同。默认：目标为类别时启用。',
  }),
  shuffle: field(z.boolean().default(true), {
    en: 'Draw the parts at random. Otherwise the first rows train, the next validate, the last test.',
    'zh-CN': '随机划分。否则最前面的行用于训练，其后用于验证，最后用于测试。',
  }),
  seed: field(z.int().min(0).optional(), {
    en: 'Seed of the split. Default: the seed of the document.',
    'zh-CN': '划分所用的随机种子。默认：文档的种子。',
  }),
})

export type SplitOptions = z.output<typeof splitSchema>
