import type { AreaMessages } from './messages'

/** Commands of the palette and the keyboard. */
export const commands = {
  palette: { en: 'Command palette', 'zh-CN': '命令面板' },
  search: { en: 'Type a command', 'zh-CN': '输入命令' },
  none: { en: 'No command matches.', 'zh-CN': '没有匹配的命令。' },
  shortcut: { en: 'Shortcut', 'zh-CN': '快捷键' },
  command: { en: 'Command', 'zh-CN': '命令' },
  train: { en: 'Train this experiment', 'zh-CN': '训练此实验' },
  pause: { en: 'Pause or resume the run', 'zh-CN': '暂停或继续运行' },
  stop: { en: 'Stop the run', 'zh-CN': '停止运行' },
  step: { en: 'Make a single step', 'zh-CN': '单步训练' },
  undo: { en: 'Undo', 'zh-CN': '撤销' },
  redo: { en: 'Redo', 'zh-CN': '重做' },
  newExperiment: { en: 'New experiment from the sample', 'zh-CN': '从示例新建实验' },
  closeTab: { en: 'Close this experiment', 'zh-CN': '关闭此实验' },
  nextTab: { en: 'Next experiment', 'zh-CN': '下一个实验' },
  goBuild: { en: 'Go to Build', 'zh-CN': '转到搭建' },
  goTrain: { en: 'Go to Train', 'zh-CN': '转到训练' },
  goRuns: { en: 'Go to Runs', 'zh-CN': '转到运行' },
  goCompare: { en: 'Go to Compare', 'zh-CN': '转到比较' },
  goReplay: { en: 'Go to Replay', 'zh-CN': '转到回放' },
  goDevices: { en: 'Go to Devices and settings', 'zh-CN': '转到设备与设置' },
  toggleTheme: { en: 'Switch between light and dark', 'zh-CN': '切换浅色与深色' },
  toggleLanguage: { en: 'Switch language', 'zh-CN': '切换语言' },
} as const satisfies AreaMessages
