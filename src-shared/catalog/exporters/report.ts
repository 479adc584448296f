import type { ExporterDefinition } from './exporter'

export const report: ExporterDefinition = {
  type: 'report',
  of: 'run',
  title: { en: 'Report', 'zh-CN': '报告' },
  help: {
    en: 'One HTML page for people: results, curves, confusion matrix, configuration and environment. It needs no network and no scripts, and prints well.',
    'zh-CN': '供人阅读的单个 HTML 页面：结果、曲线、混淆矩阵、配置与运行环境。无需网络与脚本，也便于打印。',
  },
  source: 'https://html.spec.whatwg.org/multipage/',
  extension: '.html',
  mediaType: 'text/html',
}
