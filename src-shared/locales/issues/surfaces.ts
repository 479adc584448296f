import type { IssueMessages } from './messages'

export const surfacesIssues = {
  'surface-expression-unreadable': {
    en: '“{expression}” cannot be read from character {position} on. Write it as in x^2/20 + y^2.',
    'zh-CN': '无法读取“{expression}”，从第 {position} 个字符开始。请按 x^2/20 + y^2 的形式书写。',
  },
  'surface-expression-form': {
    en: '“{part}” is no number. Write a function of x and y out of numbers, + − * / ^ and functions such as sin(x).',
    'zh-CN': '“{part}”不是数值。请用数字、+ − * / ^ 以及 sin(x) 这样的函数写出 x 和 y 的函数。',
  },
  'surface-expression-name': {
    en: '“{name}” is not known. Use one of: {known}.',
    'zh-CN': '未知名称“{name}”。请使用：{known}。',
  },
  'surface-expression-operator': {
    en: 'The operator {operator} cannot be used here. Use one of: {known}.',
    'zh-CN': '此处不能使用运算符 {operator}。请使用：{known}。',
  },
  'surface-expression-function': {
    en: 'There is no function “{name}” here. Use one of: {known}.',
    'zh-CN': '此处没有函数“{name}”。请使用：{known}。',
  },
  'surface-expression-operands': {
    en: '{name} takes {needed} values, but has {found}.',
    'zh-CN': '{name} 需要 {needed} 个参数，但给出了 {found} 个。',
  },
} as const satisfies IssueMessages
