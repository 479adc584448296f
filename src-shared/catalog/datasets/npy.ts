import { z } from 'zod'
import { field } from '../definition'
import type { FileDataset } from './dataset'

const name = z.string().min(1)

const options = z.strictObject({
  path: field(name.optional(), {
    en: 'An .npz archive, relative to the document. The other options then name its arrays; without it they name .npy files.',
    'zh-CN': '.npz 归档文件，相对于文档所在文件夹。给出后其他选项为其中的数组名，否则为 .npy 文件名。',
    path: 'file',
  }),
  features: field(name, { en: 'Array of the features, [rows, …].', 'zh-CN': '特征数组，形状为 [行, …]。', path: 'file' }),
  targets: field(name, { en: 'Array of the targets, [rows] or [rows, …].', 'zh-CN': '目标数组，形状为 [行] 或 [行, …]。', path: 'file' }),
  testFeatures: field(name.optional(), { en: 'Array of the test features: the fixed test part.', 'zh-CN': '测试特征数组：固定的测试集。', path: 'file' }),
  testTargets: field(name.optional(), { en: 'Array of the test targets.', 'zh-CN': '测试目标数组。', path: 'file' }),
  task: field(z.enum(['auto', 'classification', 'regression']).default('auto'), {
    en: 'What the targets are. auto: classes when they are one integer per row, values otherwise.',
    'zh-CN': '目标的类型。auto：每行一个整数时为分类，否则为回归。',
  }),
  shape: field(z.enum(['stored', 'flat', 'image']).default('stored'), {
    en: 'Shape of one sample: as stored, flat (one row of values), or image ([height, width] becomes [1, height, width]; three dimensions are [channels, height, width] already).',
    'zh-CN': '单个样本的形状：stored 按存储的形状；flat 展平为一行；image 将 [高, 宽] 变为 [1, 高, 宽]，三维数组视为 [通道, 高, 宽]。',
  }),
  classNames: field(z.array(z.string().min(1)).min(2).optional(), {
    en: 'Names of labels 0, 1, …. Default: the labels themselves.',
    'zh-CN': '标签 0、1……的名称。默认：标签本身。',
  }),
})

export const npy: FileDataset<typeof options> = {
  type: 'npy',
  kind: 'file',
  options,
  preprocess: { features: 'standardize' },
  title: { en: 'NumPy arrays', 'zh-CN': 'NumPy 数组' },
  help: {
    en: 'Arrays saved by numpy.save (.npy) or numpy.savez (.npz): any integer or float type, C order.',
    'zh-CN': '由 numpy.save（.npy）或 numpy.savez（.npz）保存的数组：任意整数或浮点类型，C 顺序。',
  },
  formula: String.raw`x \in \mathbb{R}^{d_1 \times \dots \times d_k}`,
  source: 'NumPy Enhancement Proposal 1: A Simple File Format for NumPy Arrays',
}
