import type { AreaMessages } from './messages'

/** Rail, title bar, status bar and what every room shares. */
export const frame = {
  build: { en: 'Build', 'zh-CN': '搭建' },
  train: { en: 'Train', 'zh-CN': '训练' },
  runs: { en: 'Runs', 'zh-CN': '运行' },
  compare: { en: 'Compare', 'zh-CN': '比较' },
  replay: { en: 'Replay', 'zh-CN': '回放' },
  devices: { en: 'Devices', 'zh-CN': '设备' },
  settings: { en: 'Settings', 'zh-CN': '设置' },
  connecting: { en: 'Connecting to Descent …', 'zh-CN': '正在连接 Descent……' },
  lost: { en: 'The connection to Descent was lost. Trying again …', 'zh-CN': '与 Descent 的连接已断开，正在重试……' },
} as const satisfies AreaMessages
