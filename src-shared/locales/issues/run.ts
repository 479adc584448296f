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
  'run-memory-too-small': {
    en: 'The run would need about {estimate} of memory with batches of {batchSize}; there are {memory}. Set training.batchSize to {smaller}: that needs about {smallerEstimate}.',
    'zh-CN': '批大小为 {batchSize} 时，此运行约需 {estimate} 内存，而可用的共 {memory}。请把 training.batchSize 设为 {smaller}：约需 {smallerEstimate}。',
  },
  'run-model-too-large': {
    en: 'The run would need about {estimate} of memory; there are {memory}, and no batch size is small enough. {weights} are weights and optimizer state, {data} the data set: make the model smaller, or take fewer rows.',
    'zh-CN': '此运行约需 {estimate} 内存，而可用的共 {memory}，任何批大小都不够小。其中权重与优化器状态占 {weights}，数据集占 {data}：请缩小模型，或减少数据行数。',
  },
  'run-out-of-memory': {
    en: 'Memory ran out on {device}: {reason}. The run needs about {estimate} with batches of {batchSize}. Set training.batchSize to {smaller} (about {smallerEstimate}), or close other programs and resume.',
    'zh-CN': '{device} 的内存已耗尽：{reason}。批大小为 {batchSize} 时，此运行约需 {estimate}。请把 training.batchSize 设为 {smaller}（约需 {smallerEstimate}），或关闭其他程序后继续。',
  },
  'run-killed': {
    en: 'The system ended the training process, as it does when memory runs out: the run needs about {estimate}, this machine has {memory}. Close other programs or make batches smaller; `resume` goes on from the last checkpoint.',
    'zh-CN': '系统终止了训练进程，这通常是因为内存耗尽：此运行约需 {estimate}，本机共有 {memory}。请关闭其他程序或减小批大小；`resume` 会从最近的检查点继续。',
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
