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
  'run-process': {
    en: 'The training process could not be started: {reason}. Close other programs or mend what it names, then resume the run.',
    'zh-CN': '无法启动训练进程：{reason}。请关闭其他程序或解决所指出的问题，然后恢复这次运行。',
  },
  'run-checkpoint-damaged': {
    en: 'The checkpoint {hash} cannot be read. Start the run again, or restore the file from a backup.',
    'zh-CN': '无法读取检查点 {hash}。请重新开始这次运行，或从备份恢复该文件。',
  },
  'training-distillation-classes': {
    en: 'Distillation compares one score for each class, with the loss categoricalCrossentropy; this experiment has another kind of target, output or loss ({loss}). Change them, or remove distillation.',
    'zh-CN': '蒸馏比较每个类别的得分，要求损失为 categoricalCrossentropy；此实验的目标、输出或损失（{loss}）不同。请修改它们，或删除 distillation。',
  },
  'training-distillation-augmented': {
    en: 'The teacher answers every row once, before training, so rows must not be changed while training. Remove the augmentation, or distillation.',
    'zh-CN': '教师在训练前对每行只作答一次，因此训练时不能改变这些行。请删除数据增强，或删除 distillation。',
  },
  'training-teacher-unknown': {
    en: 'There is no run {run} to teach. Set training.distillation.teacher.run to the id of a run (`descent runs` lists them).',
    'zh-CN': '没有可担任教师的运行 {run}。请把 training.distillation.teacher.run 设为某个运行的 id（用 `descent runs` 查看）。',
  },
  'training-teacher-untrained': {
    en: 'Run {run} has no weights to teach from. Train it to its end first, or name another.',
    'zh-CN': '运行 {run} 没有可用的权重。请先训练完成，或指定其他运行。',
  },
  'training-teacher-other': {
    en: 'Run {run} does not have the weights {checkpoint} any more. Remove teacher.checkpoint to take its newest ones.',
    'zh-CN': '运行 {run} 已没有权重 {checkpoint}。请删除 teacher.checkpoint 以使用其最新的权重。',
  },
  'training-range-falls': {
    en: 'The range test rises from {from} to {to}: give an end above the beginning.',
    'zh-CN': '范围测试从 {from} 升到 {to}：终点必须高于起点。',
  },
  'training-teacher-data': {
    en: 'Run {run} was trained on other data, or the same split otherwise, and would see rows that it should not know. Use its data set, split and preprocessing; where seeds differ, set dataset.split.seed in both.',
    'zh-CN': '运行 {run} 使用了不同的数据，或同一数据的不同划分，因而会见到不该知道的行。请采用相同的数据集、划分和预处理；若种子不同，请在两者中设置 dataset.split.seed。',
  },
  'training-teacher-unfit': {
    en: 'Run {run} does not answer with one score for each class of this data, so it cannot teach. Name a classifier of the same classes.',
    'zh-CN': '运行 {run} 不为此数据的每个类别给出得分，不能担任教师。请指定相同类别的分类器。',
  },
} as const satisfies IssueMessages
