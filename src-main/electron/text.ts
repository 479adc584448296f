import type { Text } from '@shared/catalog/definition'
import type { Language } from '@shared/locales/issues'

/** The shell's own words: menu, dialogs. */
export const TEXT = {
  file: { en: 'File', 'zh-CN': '文件' },
  newExperiment: { en: 'New experiment', 'zh-CN': '新建实验' },
  open: { en: 'Open …', 'zh-CN': '打开……' },
  save: { en: 'Save', 'zh-CN': '保存' },
  saveAs: { en: 'Save as …', 'zh-CN': '另存为……' },
  closeTab: { en: 'Close tab', 'zh-CN': '关闭标签页' },
  reopenTab: { en: 'Reopen closed tab', 'zh-CN': '重新打开关闭的标签页' },
  quit: { en: 'Quit', 'zh-CN': '退出' },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  undo: { en: 'Undo', 'zh-CN': '撤销' },
  redo: { en: 'Redo', 'zh-CN': '重做' },
  cut: { en: 'Cut', 'zh-CN': '剪切' },
  copy: { en: 'Copy', 'zh-CN': '复制' },
  paste: { en: 'Paste', 'zh-CN': '粘贴' },
  selectAll: { en: 'Select all', 'zh-CN': '全选' },
  run: { en: 'Run', 'zh-CN': '运行' },
  train: { en: 'Train', 'zh-CN': '训练' },
  pause: { en: 'Pause or go on', 'zh-CN': '暂停或继续' },
  step: { en: 'Single step', 'zh-CN': '单步' },
  stop: { en: 'Stop', 'zh-CN': '停止' },
  view: { en: 'View', 'zh-CN': '视图' },
  goBuild: { en: 'Build', 'zh-CN': '搭建' },
  goTrain: { en: 'Train', 'zh-CN': '训练' },
  goRuns: { en: 'Runs', 'zh-CN': '运行' },
  goCompare: { en: 'Compare', 'zh-CN': '比较' },
  goReplay: { en: 'Replay', 'zh-CN': '回放' },
  goLab: { en: 'Lab', 'zh-CN': '实验室' },
  goDevices: { en: 'Devices and settings', 'zh-CN': '设备与设置' },
  palette: { en: 'Commands …', 'zh-CN': '命令……' },
  zoomIn: { en: 'Larger', 'zh-CN': '放大' },
  zoomOut: { en: 'Smaller', 'zh-CN': '缩小' },
  resetZoom: { en: 'Actual size', 'zh-CN': '实际大小' },
  fullScreen: { en: 'Full screen', 'zh-CN': '全屏' },
  reload: { en: 'Reload', 'zh-CN': '重新加载' },
  developerTools: { en: 'Developer tools', 'zh-CN': '开发者工具' },
  window: { en: 'Window', 'zh-CN': '窗口' },
  minimize: { en: 'Minimize', 'zh-CN': '最小化' },
  help: { en: 'Help', 'zh-CN': '帮助' },
  shortcuts: { en: 'Keyboard shortcuts', 'zh-CN': '键盘快捷键' },
  about: { en: 'About Descent', 'zh-CN': '关于 Descent' },
  experiments: { en: 'Experiments', 'zh-CN': '实验' },
  data: { en: 'Data', 'zh-CN': '数据' },
  bundles: { en: 'Run bundles', 'zh-CN': '运行包' },
  everything: { en: 'All files', 'zh-CN': '所有文件' },
  leaveTitle: { en: 'Runs are training', 'zh-CN': '有运行正在训练' },
  leaveDetail: {
    en: '{count} runs are not finished. They stop at a checkpoint and can be resumed when Descent opens again.',
    'zh-CN': '{count} 个运行尚未结束。它们将在检查点停止，下次打开 Descent 时可以继续。',
  },
  leave: { en: 'Stop and quit', 'zh-CN': '停止并退出' },
  stay: { en: 'Keep training', 'zh-CN': '继续训练' },
  cannotStart: { en: 'Descent cannot start', 'zh-CN': 'Descent 无法启动' },
  cannotFinish: { en: 'Not everything could be written', 'zh-CN': '部分内容未能写入' },
  cannotOpen: { en: 'The document cannot be opened', 'zh-CN': '无法打开文档' },
} as const satisfies Readonly<Record<string, Text>>

export type TextKey = keyof typeof TEXT
export type Say = (key: TextKey) => string

export function speak(language: Language): Say {
  return (key) => TEXT[key][language]
}

/** Of a setting, or of the system where nothing was chosen. */
export function languageOf(setting: unknown, systemLocale: string): Language {
  if (setting === 'en' || setting === 'zh-CN') return setting
  return systemLocale.startsWith('zh') ? 'zh-CN' : 'en'
}
