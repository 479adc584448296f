import type { AreaMessages } from './messages'

/** Runs and models that leave, and runs that come in. */
export const exports = {
  menu: { en: 'Export', 'zh-CN': '导出' },
  menuHint: { en: 'Save this run or its model for elsewhere', 'zh-CN': '保存此运行或其模型，供别处使用' },
  formats: { en: 'Formats', 'zh-CN': '格式' },
  needsCheckpoint: { en: 'Needs a checkpoint, and this run has none: they are written while it trains, at a pause, and at its end.', 'zh-CN': '需要检查点，而此运行还没有：检查点在训练中、暂停时和结束时写入。' },
  saved: { en: 'The clipboard cannot be reached: the script was saved as {name} instead.', 'zh-CN': '无法访问剪贴板：脚本已另存为 {name}。' },
  copyKeras: { en: 'Copy as Keras code', 'zh-CN': '复制为 Keras 代码' },
  copyPytorch: { en: 'Copy as PyTorch code', 'zh-CN': '复制为 PyTorch 代码' },
  copied: { en: 'The whole experiment is in the clipboard as a Python script.', 'zh-CN': '整个实验已作为 Python 脚本复制到剪贴板。' },
  import: { en: 'Import a run …', 'zh-CN': '导入运行……' },
  importHint: { en: 'Add the run of a bundle (*.descent-run.zip) that was exported elsewhere', 'zh-CN': '添加从别处导出的运行包（*.descent-run.zip）中的运行' },
  imported: { en: 'The run was imported.', 'zh-CN': '运行已导入。' },
  dropHere: {
    en: 'Drop experiments (*.descent.json) to open them, run bundles (*.descent-run.zip) to import them, a table (*.csv) to train on it',
    'zh-CN': '拖入实验文件（*.descent.json）以打开，拖入运行包（*.descent-run.zip）以导入，拖入表格（*.csv）以用其训练',
  },
  unknownFile: {
    en: '{name} is no experiment (*.descent.json), run bundle (*.descent-run.zip) or table (*.csv). Other data files are chosen in Train, under Data set.',
    'zh-CN': '{name} 不是实验文件（*.descent.json）、运行包（*.descent-run.zip）或表格（*.csv）。其他数据文件请在“训练”的“数据集”中选择。',
  },
  tooLarge: { en: 'The bundle is larger than {limit}. Import it with the command line: descent import FILE.', 'zh-CN': '运行包大于 {limit}。请用命令行导入：descent import 文件。' },
} as const satisfies AreaMessages
