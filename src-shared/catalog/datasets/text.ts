import { z } from 'zod'
import { field } from '../definition'
import type { FileDataset } from './dataset'

const options = z.strictObject({
  path: field(z.string().min(1).optional(), {
    en: 'Any text file, relative to the document. Default: seven sonnets by Shakespeare, shipped with the app.',
    'zh-CN': '任意文本文件，路径相对于文档所在文件夹。默认：随应用附带的七首莎士比亚十四行诗。',
    path: 'file',
    absent: { en: 'the shipped sonnets', 'zh-CN': '附带的十四行诗' },
  }),
  sequenceLength: field(z.int().min(1).max(4096).default(40), {
    en: 'Characters that the model sees: a sample is [sequenceLength] numbers of characters.',
    'zh-CN': '模型看到的字符数：每个样本是 [sequenceLength] 个字符编号。',
    symbol: 'n',
    unit: 'characters',
  }),
  targets: field(z.enum(['last', 'every']).default('last'), {
    en: 'What is to be predicted: `last`, the character after the window; `every`, after each of its characters the next one. The model then answers at every position: recurrent layers return sequences, attention is causal, and dense ends the model.',
    'zh-CN': '预测什么：`last` 为窗口之后的字符；`every` 为窗口中每个字符之后的下一个字符。此时模型须在每个位置作答：循环层返回序列、注意力为因果式，并以 dense 结尾。',
  }),
  stride: field(z.int().min(1).default(1), {
    en: 'Characters from the start of one sample to the next: 1 uses every place of the text.',
    'zh-CN': '相邻样本起点之间的字符数：1 表示用到文本的每个位置。',
    unit: 'characters',
  }),
  lowercase: field(z.boolean().default(false), {
    en: 'Makes all letters small: fewer classes to tell apart.',
    'zh-CN': '把字母都变为小写：需区分的类别更少。',
  }),
  encoding: field(z.enum(['utf-8', 'utf-16le', 'gb18030', 'windows-1252']).default('utf-8'), {
    en: 'Character encoding of the file.',
    'zh-CN': '文件的字符编码。',
  }),
})

export const text: FileDataset<typeof options> = {
  type: 'text',
  kind: 'file',
  options,
  preprocess: { features: 'none' },
  metrics: ['accuracy', 'perplexity'],
  title: { en: 'Text, character by character', 'zh-CN': '文本（逐字符）' },
  help: {
    en: 'For language models: a window of characters slides over the text, and the class to predict is the character that follows it. Characters are numbered in the order of their code points; the model begins with an embedding of as many entries as there are classes. Windows overlap: with split.shuffle and split.stratified off, validation comes from the end of the text and has hardly a window in common with training.',
    'zh-CN': '用于语言模型：字符窗口在文本上滑动，要预测的类别是紧随其后的字符。字符按码位顺序编号；模型以嵌入层开头，其词表大小等于类别数。窗口相互重叠：关闭 split.shuffle 与 split.stratified 时，验证集取自文本末尾，与训练集几乎没有公共的窗口。',
  },
  formula: String.raw`x = (c_t, \dots, c_{t + n - 1}),\quad y = c_{t + n} \ \text{or} \ (c_{t + 1}, \dots, c_{t + n})`,
  source: 'A. Karpathy: The Unreasonable Effectiveness of Recurrent Neural Networks, 2015; W. Shakespeare: Sonnets, 1609 (public domain)',
}
