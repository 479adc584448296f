import type { IssueMessages } from './messages'

export const textsIssues = {
  'text-character': {
    en: 'The model does not know the character “{character}”: its text has none. Leave it out. It knows these: {known} (and spaces).',
    'zh-CN': '模型不认识字符“{character}”：训练文本中没有它。请去掉。它认识这些：{known}（及空白）。',
  },
  'text-none': {
    en: 'Run {run} has not learned a text. Only models of the data set `text` can go on writing.',
    'zh-CN': '运行 {run} 学习的不是文本。只有使用数据集 `text` 的模型才能续写。',
  },
  'text-untrained': {
    en: 'Run {run} has no weights yet. Train it, or wait until it has begun.',
    'zh-CN': '运行 {run} 还没有权重。请先训练，或等它开始。',
  },
} as const satisfies IssueMessages
