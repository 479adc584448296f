import type { IssueMessages } from './messages'

export const enginesIssues = {
  'engine-device-unknown': {
    en: 'There is no device "{device}". Known: {known}; "auto" takes the best one.',
    'zh-CN': '没有设备“{device}”。可用的名称：{known}；"auto" 会选择最合适的一个。',
  },
  'engine-device-busy': {
    en: 'The device {device} is in use, and takes one at a time. Look again when the run there has ended, or stop it.',
    'zh-CN': '设备 {device} 正在使用中，一次只能处理一项任务。请在其上的运行结束后再查看，或先停止该运行。',
  },
  'engine-device-unavailable': {
    en: 'The device {device} cannot be used here: {reason}. Choose "auto" or one of: {available}. `descent devices` says how to enable it.',
    'zh-CN': '设备 {device} 在此不可用：{reason}。请选择 "auto" 或以下之一：{available}。`descent devices` 会说明如何启用它。',
  },
} as const satisfies IssueMessages
