import { z } from 'zod'
import type { RawData } from '@shared/data/types'
import type { RandomSource } from '@shared/lib/random'
import { field, type Definition, type OptionsOf } from '../definition'
import { preprocessSchema, type PreprocessDefaults } from './preprocess-options'
import { splitSchema } from './split-options'

interface DatasetBase<S extends z.ZodObject> extends Definition<S> {
  /** What `preprocess` means when the document leaves it out. */
  readonly preprocess: PreprocessDefaults
  /** Metrics that tell most of such data, where they are others than its targets' usual ones. */
  readonly metrics?: readonly string[]
}

/** Computed from its options and a seed: pure, so it runs anywhere. */
export interface GeneratedDataset<S extends z.ZodObject = z.ZodObject> extends DatasetBase<S> {
  readonly kind: 'generated'
  /** Same options and stream, same rows. Throws `IssueError` for options that contradict each other. */
  generate(options: OptionsOf<Definition<S>>, random: RandomSource): RawData
}

/** Read from files: the reader of the same type is in `src-main/core/datasets/readers`. */
export interface FileDataset<S extends z.ZodObject = z.ZodObject> extends DatasetBase<S> {
  readonly kind: 'file'
}

/** One file per data set. Paths in options are relative to the document's folder. */
export type DatasetDefinition<S extends z.ZodObject = z.ZodObject> = GeneratedDataset<S> | FileDataset<S>

/** Most feature values of one data set (2 GiB as float32): beyond it, an issue instead of a failed allocation. */
export const MAX_VALUES = 2 ** 29

const seed = field(z.int().min(0).optional(), {
  en: 'Seed of the generated rows. Default: the seed of the document.',
  'zh-CN': '生成数据所用的随机种子。默认：文档的种子。',
})

/** The `dataset` part of a document for one definition: its type and options, `split`, `preprocess`, and `seed` where it is generated. */
export function datasetDocumentSchema(definition: DatasetDefinition) {
  return z.strictObject({
    type: z.literal(definition.type),
    ...definition.options.shape,
    ...(definition.kind === 'generated' ? { seed } : {}),
    split: field(splitSchema.prefault({}), { en: 'How rows are divided into training, validation and test.', 'zh-CN': '如何把行划分为训练、验证和测试集。' }),
    preprocess: field(preprocessSchema(definition.preprocess).prefault({}), { en: 'What is done to values before training.', 'zh-CN': '训练前对数据做的处理。' }),
  })
}
