import type { AreaMessages } from './messages'

export const lessons = {
  learn: { en: 'Learn', 'zh-CN': '学习' },
  lesson: { en: 'Lesson', 'zh-CN': '课程' },
  count: { en: '{count} experiments', 'zh-CN': '{count} 个实验' },
  expectation: { en: 'What to expect', 'zh-CN': '预期结果' },
  watch: { en: 'Where to look', 'zh-CN': '观察要点' },
  opened: { en: '{title}: {count} experiments opened', 'zh-CN': '{title}：已打开 {count} 个实验' },
  hide: { en: 'Hide', 'zh-CN': '隐藏' },
} as const satisfies AreaMessages
