import { z } from 'zod'
import { datasetSchema } from '@shared/catalog/datasets'
import { field } from '@shared/catalog/definition'
import { modelSchema, type NormalizedModel } from './model'
import { trainingSchema } from './training'

/** The format that this build writes; older ones are migrated on reading. */
export const FORMAT = 1

export const engineSchema = z.strictObject({
  preference: field(z.string().max(64).default('auto'), {
    en: 'Device id as listed by `descent devices`, or "auto".',
    'zh-CN': '`descent devices` 所列的设备 id，或 "auto"。',
  }),
  threads: field(z.int().min(1).max(256).optional(), {
    en: 'CPU threads. Part of what makes a run bit-exact; left out, the machine decides and the run records it.',
    'zh-CN': 'CPU 线程数，影响逐位可复现性；省略时由机器决定并记录在运行中。',
  }),
})

export const experimentSchema = z.strictObject({
  $schema: z.string().max(500).optional(),
  format: field(z.literal(FORMAT), { en: 'Version of the document format.', 'zh-CN': '文档格式的版本。' }),
  name: field(z.string().min(1).max(200).default('experiment'), { en: 'Shown in lists.', 'zh-CN': '显示在列表中的名称。' }),
  note: field(z.string().max(20_000).optional(), { en: 'Free text; changes nothing.', 'zh-CN': '自由文本，不影响结果。' }),
  seed: field(z.int().min(0).default(42), {
    en: 'All randomness comes from it: data generation, split, initialization, shuffling, dropout.',
    'zh-CN': '一切随机性的来源：数据生成、划分、初始化、打乱、dropout。',
  }),
  dataset: datasetSchema,
  model: modelSchema,
  training: trainingSchema,
  engine: engineSchema.default({ preference: 'auto' }),
  view: field(z.record(z.string(), z.unknown()).optional(), {
    en: 'Canvas positions and the like: changes nothing in the result.',
    'zh-CN': '画布位置等界面信息，不影响结果。',
  }),
})

/** What the data of a document come from: the parts that tell, whatever else is wrong with it. */
export const sourceSchema = z.object({ dataset: experimentSchema.shape.dataset, seed: experimentSchema.shape.seed })

/** A valid document with every default filled in, every node named and every edge written out. */
export type ExperimentDocument = Omit<z.output<typeof experimentSchema>, 'model'> & { readonly model: NormalizedModel }
