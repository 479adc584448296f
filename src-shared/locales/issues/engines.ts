import type { IssueMessages } from './messages'

export const enginesIssues = {
  'engine-device-unknown': {
    en: 'There is no device "{device}". Known: {known}; "auto" takes the best one.',
    'zh-CN': '没有设备“{device}”。可用的名称：{known}；"auto" 会选择最合适的一个。',
  },
  'engine-device-unavailable': {
    en: 'The device {device} cannot be used here: {reason}. Choose "auto" or one of: {available}. `descent devices` says how to enable it.',
    'zh-CN': '设备 {device} 在此不可用：{reason}。请选择 "auto" 或以下之一：{available}。`descent devices` 会说明如何启用它。',
  },
} as const satisfies IssueMessages
