import type { ExporterDefinition } from './exporter'

export const bundle: ExporterDefinition = {
  type: 'bundle',
  of: 'run',
  title: { en: 'Run bundle', 'zh-CN': '运行包' },
  help: {
    en: 'Everything of the run in one zip: document, every recorded point, events and checkpoints. Another Descent imports it and can compare, replay, export and resume the run as if it had been trained there.',
    'zh-CN': '把运行的一切放进一个 zip：文档、每个记录点、事件与检查点。另一台机器上的 Descent 导入后，可以像在本机训练的一样比较、回放、导出和继续运行。',
  },
  source: 'docs/exports.md',
  extension: '.descent-run.zip',
  mediaType: 'application/zip',
}
