import type { Text } from '@shared/catalog/definition'

/** What the command line says beside issues. `{name}` is replaced by {@link fill}. */
export const TEXT = {
  program: { en: 'Train neural networks many ways and find out which is better.', 'zh-CN': '用多种方式训练神经网络，找出更好的一种。' },
  optionLanguage: { en: 'language of the output: en or zh-CN (default: from LANG)', 'zh-CN': '输出语言：en 或 zh-CN（默认取自 LANG）' },
  optionDataDirectory: { en: 'folder of the runs (default: {directory})', 'zh-CN': '存放运行的文件夹（默认：{directory}）' },
  optionJson: { en: 'print JSON for programs', 'zh-CN': '输出供程序读取的 JSON' },
  optionSet: { en: 'change a value of the document, such as training.epochs=5 (repeatable)', 'zh-CN': '修改文档中的值，例如 training.epochs=5（可重复）' },
  optionSeed: { en: 'seed of all randomness, instead of the document’s', 'zh-CN': '随机种子，替代文档中的值' },
  optionEngine: { en: 'device id from `descent devices`, instead of the document’s', 'zh-CN': '`descent devices` 列出的设备 id，替代文档中的值' },
  optionFormat: { en: 'format of the export: {formats}', 'zh-CN': '导出格式：{formats}' },
  optionOut: { en: 'file to write', 'zh-CN': '要写入的文件' },
  optionForce: { en: 'replace the file where it exists', 'zh-CN': '文件已存在时覆盖' },
  optionRows: { en: 'rows to show', 'zh-CN': '显示的行数' },
  optionLimit: { en: 'at most so many runs, the newest first', 'zh-CN': '最多列出的运行数，最新的在前' },
  argumentDocument: { en: 'experiment document (*.descent.json)', 'zh-CN': '实验文档（*.descent.json）' },
  argumentRun: { en: 'id of a run, a unique beginning of it, or "last"', 'zh-CN': '运行的 id、其唯一的开头，或 "last"' },
  commandRun: { en: 'train the experiment of a document', 'zh-CN': '训练文档所描述的实验' },
  commandValidate: { en: 'check a document, its data and its model without training', 'zh-CN': '不训练，只检查文档、数据和模型' },
  commandData: { en: 'show the data that a document reads: shapes, ranges, classes, first rows', 'zh-CN': '显示文档读取的数据：形状、范围、类别、前几行' },
  commandRuns: { en: 'list the runs', 'zh-CN': '列出运行' },
  commandShow: { en: 'show a run', 'zh-CN': '显示一个运行' },
  commandResume: { en: 'continue a run from its last checkpoint', 'zh-CN': '从最后一个检查点继续运行' },
  commandExport: { en: 'write the trained model of a run to a file', 'zh-CN': '把运行所得的模型写入文件' },
  commandDevices: { en: 'list what can train here, and what is missing where it cannot', 'zh-CN': '列出本机可用的训练设备，以及不可用的原因' },
  commandSchema: { en: 'print the JSON Schema of experiment documents', 'zh-CN': '输出实验文档的 JSON Schema' },
  helpCommand: { en: 'display help for command', 'zh-CN': '显示命令的帮助' },
  helpOption: { en: 'display help for command', 'zh-CN': '显示帮助' },
  versionOption: { en: 'output the version number', 'zh-CN': '显示版本号' },
  problem: { en: 'problem', 'zh-CN': '问题' },
  problems: { en: '{count} problems. Nothing was run.', 'zh-CN': '共 {count} 个问题，没有运行任何内容。' },
  bug: { en: 'Descent itself failed; this is a bug:', 'zh-CN': 'Descent 自身出错，这是一个缺陷：' },
  valid: { en: '{name}: no problems', 'zh-CN': '{name}：没有问题' },
  stopping: { en: 'Stopping at a checkpoint … (once more to quit at once)', 'zh-CN': '正在写入检查点并停止……（再按一次立即退出）' },
  resumeHint: { en: 'continue with: descent resume {run}', 'zh-CN': '继续运行：descent resume {run}' },
  epoch: { en: 'epoch', 'zh-CN': '轮次' },
  prepared: { en: '{train} training, {validation} validation, {test} test rows · {parameters} parameters · {device}, {threads} threads', 'zh-CN': '训练 {train} 行，验证 {validation} 行，测试 {test} 行 · {parameters} 个参数 · {device}，{threads} 线程' },
  finished: { en: '{epochs} epochs, {steps} steps in {seconds} s · {rate} samples/s', 'zh-CN': '{epochs} 个轮次，{steps} 步，用时 {seconds} 秒 · {rate} 样本/秒' },
  samplesPerSecond: { en: 'samples/s', 'zh-CN': '样本/秒' },
  timeLeft: { en: 'left', 'zh-CN': '剩余' },
  checkpoint: { en: 'checkpoint', 'zh-CN': '检查点' },
  noRuns: { en: 'No runs in {directory} yet.', 'zh-CN': '{directory} 中还没有运行。' },
  moreRuns: { en: '{shown} of {total} runs; --limit shows more.', 'zh-CN': '显示 {total} 个运行中的 {shown} 个；用 --limit 显示更多。' },
  exported: { en: '{path}: {bytes} bytes', 'zh-CN': '{path}：{bytes} 字节' },
  available: { en: 'available', 'zh-CN': '可用' },
  notAvailable: { en: 'not available', 'zh-CN': '不可用' },
  enable: { en: 'enable with: {command}', 'zh-CN': '启用方法：{command}' },
} as const satisfies Readonly<Record<string, Text>>

export const STATUS: Readonly<Record<string, Text>> = {
  queued: { en: 'queued', 'zh-CN': '排队中' },
  running: { en: 'running', 'zh-CN': '运行中' },
  paused: { en: 'paused', 'zh-CN': '已暂停' },
  stopped: { en: 'stopped', 'zh-CN': '已停止' },
  interrupted: { en: 'interrupted', 'zh-CN': '已中断' },
  failed: { en: 'failed', 'zh-CN': '失败' },
  done: { en: 'done', 'zh-CN': '完成' },
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
