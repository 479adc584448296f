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
    en: 'The device {device} cannot be used here. Choose "auto" or one of: {available}. `descent devices` says how to enable it.',
    'zh-CN': '设备 {device} 在此不可用。请选择 "auto" 或以下之一：{available}。`descent devices` 会说明如何启用它。',
  },
  'engine-device-untested': {
    en: 'In use; it is tested when it is free.',
    'zh-CN': '正在使用中，空闲时再测试。',
  },
  'engine-provider-unknown': {
    en: 'This build of {package} has no {provider} provider.',
    'zh-CN': '此版本的 {package} 不含 {provider} 提供程序。',
  },
  'engine-provider-missing': {
    en: 'The {provider} libraries of {package} are not installed.',
    'zh-CN': '未安装 {package} 的 {provider} 库。',
  },
  'engine-package-missing': {
    en: '{package} is not installed.',
    'zh-CN': '未安装 {package}。',
  },
  'engine-package-broken': {
    en: '{package} does not load: “{reason}”.',
    'zh-CN': '{package} 无法加载：“{reason}”。',
  },
  'engine-graphics-missing': {
    en: 'No graphics processor was found: there is none of {files}.',
    'zh-CN': '未发现图形处理器：{files} 均不存在。',
  },
  'engine-self-test-stopped': {
    en: 'Its self-test stopped: “{reason}”.',
    'zh-CN': '自检中断：“{reason}”。',
  },
  'engine-self-test-length': {
    en: 'Its self-test gives {found} values of {value} instead of {expected}.',
    'zh-CN': '自检得到 {found} 个 {value} 值，应为 {expected} 个。',
  },
  'engine-self-test-value': {
    en: 'Its self-test finds {value} = {found} instead of {expected}.',
    'zh-CN': '自检得到 {value} = {found}，应为 {expected}。',
  },
  'engine-failed': {
    en: 'An error ended its measurement: “{reason}”.',
    'zh-CN': '测量因错误而中断：“{reason}”。',
  },
  'engine-process-ended': {
    en: 'The training process did not survive it: it ended with {end}.',
    'zh-CN': '训练进程因此结束（{end}）。',
  },
} as const satisfies IssueMessages
