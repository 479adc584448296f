import { z } from 'zod'
import { field } from '../definition'
import type { FileDataset } from './dataset'

const name = z.string().min(1)

const options = z.strictObject({
  path: field(name, { en: 'The file, relative to the document.', 'zh-CN': '文件路径，相对于文档所在文件夹。', path: 'file' }),
  target: field(name, { en: 'The column to predict.', 'zh-CN': '要预测的列。' }),
  id: field(name.optional(), {
    en: 'The column that names the sequence a row belongs to. Without it the whole file is one series, cut into windows.',
    'zh-CN': '标明每行属于哪个序列的列。省略时整个文件是一个时间序列，被切成窗口。',
  }),
  time: field(name.optional(), { en: 'The column that rows are ordered by. Default: the order of the file.', 'zh-CN': '行的排序依据列。默认：文件中的顺序。' }),
  length: field(z.int().min(1).max(4096).optional(), {
    en: 'Time steps of a sample. With id: longer sequences lose their first steps, shorter ones begin with zeros; default the longest. Without: the window, default 24.',
    'zh-CN': '每个样本的时间步数。有 id 时：更长的序列舍去开头，较短的在开头补零，默认取最长；无 id 时为窗口长度，默认 24。',
    symbol: 'n',
    unit: 'steps',
  }),
  stride: field(z.int().min(1).default(1), { en: 'Steps from one window to the next (without id).', 'zh-CN': '相邻窗口起点之间的步数（无 id 时）。', unit: 'steps' }),
  horizon: field(z.int().min(0).default(1), {
    en: 'Without id: the target is that so many steps after the window’s last; the target’s own past is among the features.',
    'zh-CN': '无 id 时：目标取窗口最后一步之后第几步的值；目标列的历史值也在特征之中。',
    symbol: 'h',
    unit: 'steps',
  }),
  task: field(z.enum(['auto', 'classification', 'regression']).default('auto'), {
    en: 'What the target is. auto: as in csv.',
    'zh-CN': '目标的类型。auto：判断方式同 csv。',
  }),
  ignore: field(z.array(name).default([]), { en: 'Columns to leave out.', 'zh-CN': '不使用的列。' }),
})

export const sequenceCsv: FileDataset<typeof options> = {
  type: 'sequence-csv',
  kind: 'file',
  options,
  preprocess: { features: 'standardize' },
  title: { en: 'Sequences in a CSV file', 'zh-CN': 'CSV 文件中的序列' },
  help: {
    en: 'Time series as samples [time, features]: one row per time step, with a column that names the sequence (the target is that of its last row), or one long series cut into windows (the target is a later value). All features are numbers. With split.shuffle off, validation comes after training in time.',
    'zh-CN': '以时间序列为样本 [时间, 特征]：每行一个时间步，由某列标明所属序列（目标取该序列最后一行），或把一条长序列切成窗口（目标为之后的值）。特征均为数值。关闭 split.shuffle 时，验证集在时间上位于训练集之后。',
  },
  formula: String.raw`x = (r_t, \dots, r_{t + n - 1}),\quad y = y_{t + n - 1 + h}`,
  source: 'https://keras.io/api/data_loading/timeseries/',
}
