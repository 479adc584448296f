import type { AreaMessages } from './messages'

/** What a model makes of text. */
export const texts = {
  title: { en: 'Text', 'zh-CN': '文本' },
  heldOut: { en: 'How surprised it is by the {part} text', 'zh-CN': '它对{part}文本有多意外' },
  heldOutHelp: { en: 'Each character is colored by the probability that the model gave it after reading what stands before: the redder, the less it expected it. Point at one for its number.', 'zh-CN': '每个字符按模型读过前文后给它的概率着色：越红表示越出乎意料。指向字符可看数值。' },
  expected: { en: 'expected', 'zh-CN': '意料之中' },
  surprising: { en: 'surprising', 'zh-CN': '出乎意料' },
  summary: { en: 'perplexity {perplexity} · {share} guessed right', 'zh-CN': '困惑度 {perplexity} · 猜对 {share}' },
  right: { en: '{character}: {told}', 'zh-CN': '{character}：{told}' },
  wrong: { en: '{character}: {told}, expected {guessed}', 'zh-CN': '{character}：{told}，预期为 {guessed}' },
  space: { en: 'space', 'zh-CN': '空格' },
  lineEnd: { en: 'line end', 'zh-CN': '换行' },
  tab: { en: 'tab', 'zh-CN': '制表符' },
  writes: { en: 'What it writes by itself', 'zh-CN': '它自己写出的文字' },
  writesHelp: { en: 'After the {part} text in gray, at temperature {temperature}; renewed as it learns.', 'zh-CN': '接在灰色的{part}文本之后，温度 {temperature}；随学习更新。' },
  ask: { en: 'Let it write', 'zh-CN': '让它续写' },
  promptLabel: { en: 'What it goes on from', 'zh-CN': '从这段文字续写' },
  promptHint: { en: 'Shall I compare …', 'zh-CN': '输入开头……' },
  write: { en: 'Write', 'zh-CN': '续写' },
  writing: { en: 'Writing …', 'zh-CN': '正在写……' },
  written: { en: 'Written after {step} updates', 'zh-CN': '{step} 次更新后所写' },
} as const satisfies AreaMessages
