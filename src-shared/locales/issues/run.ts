import type { IssueMessages } from './messages'

export const runIssues = {
  'run-active': {
    en: 'Run {run} is training already. Stop it first, or watch it.',
    'zh-CN': '运行 {run} 正在训练。请先停止它，或直接查看。',
  },
  'run-already-done': {
    en: 'Run {run} has finished; there is nothing to resume. Start its document again for another run.',
    'zh-CN': '运行 {run} 已经完成，没有可继续的内容。请重新启动其文档以开始新的运行。',
  },
  'run-data-changed': {
    en: 'The data is not what run {run} began with, and going on would mix the two. Put the former files back, or start the document again for another run.',
    'zh-CN': '数据与运行 {run} 开始时的不同，继续会把两者混在一起。请恢复原来的文件，或重新启动该文档以开始新的运行。',
  },
  'run-crashed': {
    en: 'The run ended through an error inside Descent: {reason}. Please report it; `resume` continues from the last checkpoint.',
    'zh-CN': '运行因 Descent 内部错误而结束：{reason}。请报告该问题；`resume` 可从最近的检查点继续。',
  },
  'run-checkpoint-damaged': {
    en: 'The checkpoint {hash} cannot be read. Start the run again, or restore the file from a backup.',
    'zh-CN': '无法读取检查点 {hash}。请重新开始这次运行，或从备份恢复该文件。',
  },
} as const satisfies IssueMessages
