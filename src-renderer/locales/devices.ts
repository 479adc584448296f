import type { AreaMessages } from './messages'

export const devices = {
  title: { en: 'Devices', 'zh-CN': '设备' },
  checking: { en: 'Testing devices …', 'zh-CN': '正在测试设备……' },
  again: { en: 'Test again', 'zh-CN': '重新测试' },
  available: { en: 'available, self-test passed', 'zh-CN': '可用，自检通过' },
  unavailable: { en: 'not available', 'zh-CN': '不可用' },
  version: { en: 'version {version}', 'zh-CN': '版本 {version}' },
  enable: { en: 'To enable it, run:', 'zh-CN': '启用方法，运行：' },
  copy: { en: 'Copy', 'zh-CN': '复制' },
  copied: { en: 'Copied', 'zh-CN': '已复制' },
  settings: { en: 'Settings', 'zh-CN': '设置' },
  theme: { en: 'Theme', 'zh-CN': '主题' },
  light: { en: 'Light', 'zh-CN': '浅色' },
  dark: { en: 'Dark', 'zh-CN': '深色' },
  system: { en: 'As the system', 'zh-CN': '跟随系统' },
  language: { en: 'Language', 'zh-CN': '语言' },
  about: { en: 'About', 'zh-CN': '关于' },
  host: { en: 'Host', 'zh-CN': '运行环境' },
  dataDirectory: { en: 'Data directory', 'zh-CN': '数据目录' },
  tour: { en: 'Show the tour again', 'zh-CN': '再次显示导览' },
  shortcuts: { en: 'Keyboard shortcuts', 'zh-CN': '键盘快捷键' },
} as const satisfies AreaMessages
