import type { IssueMessages } from './messages'

export const augmentationsIssues = {
  'augmentation-positions': {
    en: 'The augmentation {augmentation} mixes one label a sample, but the data has one at every position. Remove it, or set the data set’s targets to `last`.',
    'zh-CN': '数据增强 {augmentation} 混合的是每个样本的单一标签，而数据在每个位置都有标签。请移除它，或将数据集的 targets 设为 `last`。',
  },
  'augmentation-tokens': {
    en: 'The augmentation {augmentation} changes the samples’ numbers, but layer {node} reads them as numbers of characters or words, between which there is nothing. Remove it; dropout behind the embedding does something alike.',
    'zh-CN': '数据增强 {augmentation} 会改变样本的数值，但层 {node} 把它们当作字符或词的编号，编号之间没有中间值。请移除它；在嵌入层之后使用 dropout 有类似作用。',
  },
  'augmentation-needs-picture': {
    en: 'The augmentation {augmentation} is for pictures, but a sample has the shape {shape}. Remove it, or use a data set of pictures (shape [channels, height, width], or flat digits); `noise` and `mixup` fit any data.',
    'zh-CN': '数据增强 {augmentation} 只适用于图像，而样本的形状为 {shape}。请移除它，或使用图像数据集（形状 [通道, 高, 宽]，或展平的数字图像）；`noise` 与 `mixup` 适用于任何数据。',
  },
  'augmentation-no-picture': {
    en: 'A sample has the shape {shape}, which cannot be shown as a picture. Use a data set of gray or color pictures.',
    'zh-CN': '样本的形状为 {shape}，无法显示为图像。请使用灰度或彩色图像的数据集。',
  },
} as const satisfies IssueMessages
