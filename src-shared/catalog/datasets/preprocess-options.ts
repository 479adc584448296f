import { z } from 'zod'
import { field } from '../definition'

const featureScalingSchema = z.union([
  z.enum(['none', 'standardize', 'minMax']),
  z.strictObject({
    scale: field(z.number().positive(), { en: 'Factor every value is multiplied by: 1/255 for bytes.', 'zh-CN': '每个值所乘的系数：字节图像用 1/255。' }),
  }),
])

/** `none`; `standardize`: (x − mean) / standard deviation; `minMax`: to [0, 1]; `{scale}`: x · scale. */
export type FeatureScaling = z.output<typeof featureScalingSchema>

export interface PreprocessDefaults {
  readonly features: FeatureScaling
}

/** Preprocessing options, with the defaults of one data set. Statistics come from the training rows only. */
export function preprocessSchema(defaults: PreprocessDefaults) {
  return z.strictObject({
    features: field(featureScalingSchema.default(defaults.features), {
      en: 'Scaling of numeric features, fitted on the training rows: none, standardize (mean 0, standard deviation 1), minMax (to 0…1), or {"scale": factor}. Per column of a table, per channel of images, per element otherwise.',
      'zh-CN': '数值特征的缩放，统计量只来自训练行：none（不缩放）、standardize（均值 0、标准差 1）、minMax（缩放到 0…1）或 {"scale": 系数}。表格按列，图像按通道，其他按元素。',
    }),
    targets: field(z.enum(['none', 'standardize', 'input']).default('none'), {
      en: 'none or standardize: scaling of regression targets, fitted on the training rows. input: the target is the input itself, as prepared, instead of the data set’s (autoencoders).',
      'zh-CN': 'none 或 standardize：回归目标的缩放，统计量只来自训练行。input：目标不是数据集给出的，而是处理后的输入本身（自编码器）。',
    }),
    missing: field(z.enum(['error', 'drop', 'mean', 'median']).default('mean'), {
      en: 'Missing values: refuse them, drop their rows, or fill with the mean or median of the training rows. A missing category becomes all zeros.',
      'zh-CN': '缺失值：报错（error）、删除该行（drop），或用训练行的均值（mean）、中位数（median）填充。缺失的类别特征编码为全零。',
    }),
    labelNoise: field(z.number().min(0).max(1).optional(), {
      en: 'Share of the training rows that get a wrong class, any other with equal chance: for studying what noisy labels do. Validation and test rows keep theirs. Left out: 0.',
      'zh-CN': '被赋予错误类别的训练行所占比例（以相同概率取其他任一类别），用于研究带噪声标签的影响。验证与测试行不变。省略时为 0。',
    }),
    unseen: field(z.enum(['error', 'zeros']).default('error'), {
      en: 'A category of a feature that no training row has: refuse it, or encode it as all zeros.',
      'zh-CN': '训练行中没有出现过的类别特征值：报错，或编码为全零。',
    }),
  })
}

export type PreprocessOptions = z.output<ReturnType<typeof preprocessSchema>>
