import type { IssueMessages } from './messages'

export const exportsIssues = {
  'export-format-unknown': {
    en: 'There is no export format "{format}". Known are: {known}.',
    'zh-CN': '不存在导出格式“{format}”。可用格式：{known}。',
  },
  'export-no-checkpoint': {
    en: 'Run {run} has no checkpoint to export. Train it until a checkpoint is written, or stop it, which writes one.',
    'zh-CN': '运行 {run} 没有可导出的检查点。请训练到写入检查点，或停止运行（会写入一个）。',
  },
  'export-checkpoint-mismatch': {
    en: 'The checkpoint {hash} does not fit the run’s document: "{tensor}" is missing or has another size. Export another checkpoint, or run the document again.',
    'zh-CN': '检查点 {hash} 与该运行的文档不符：“{tensor}”缺失或大小不同。请导出其他检查点，或重新运行该文档。',
  },
  'export-too-large': {
    en: 'The weights take {bytes} bytes; a file of the format {format} holds at most {limit}. Export as safetensors.',
    'zh-CN': '权重占 {bytes} 字节；{format} 格式的文件最多容纳 {limit} 字节。请导出为 safetensors。',
  },
} as const satisfies IssueMessages
