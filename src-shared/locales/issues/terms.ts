import type { Text } from '@shared/catalog/definition'

/** Words that issues carry as arguments: what a value must be, and names of dimensions. */
export const TERMS: Readonly<Record<string, Text>> = {
  int: { en: 'a whole number', 'zh-CN': '整数' },
  number: { en: 'a number', 'zh-CN': '数字' },
  string: { en: 'text', 'zh-CN': '文本' },
  boolean: { en: 'true or false', 'zh-CN': 'true 或 false' },
  array: { en: 'a list [ … ]', 'zh-CN': '列表 [ … ]' },
  tuple: { en: 'a list [ … ]', 'zh-CN': '列表 [ … ]' },
  object: { en: 'an object { … }', 'zh-CN': '对象 { … }' },
  record: { en: 'an object { … }', 'zh-CN': '对象 { … }' },
  null: { en: 'null', 'zh-CN': 'null' },
  channels: { en: 'channels', 'zh-CN': '通道' },
  height: { en: 'height', 'zh-CN': '高' },
  time: { en: 'time', 'zh-CN': '时间' },
  width: { en: 'width', 'zh-CN': '宽' },
  features: { en: 'features', 'zh-CN': '特征' },
}

/** Alternatives, `int | "full"`, in words; what is no term stays as it is. */
export function sayTerms(text: string, language: keyof Text): string {
  const words = text.split(' | ').map((word) => TERMS[word]?.[language] ?? word)
  return [...new Set(words)].join(language === 'en' ? ' or ' : '或')
}
