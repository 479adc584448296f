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
  'run-out-of-memory-model': {
    en: 'Memory ran out on {device}: {reason}. The run needs about {estimate}, of which {weights} are weights and optimizer state and {data} the data set; smaller batches would hardly change that. Make the model smaller or take fewer rows, or close other programs and resume.',
    'zh-CN': '{device} 的内存已耗尽：{reason}。此运行约需 {estimate}，其中权重与优化器状态占 {weights}，数据集占 {data}；减小批大小几乎无济于事。请缩小模型或减少数据行数，或关闭其他程序后继续。',
  },
  'run-killed': {
    en: 'The training process was ended ({signal}), as happens when memory runs out: the run needs about {estimate}, this machine has {memory}. Close other programs or make batches smaller; `resume` goes on from the last checkpoint.',
    'zh-CN': '训练进程被终止（{signal}），这通常是因为内存耗尽：此运行约需 {estimate}，本机共有 {memory}。请关闭其他程序或减小批大小；`resume` 会从最近的检查点继续。',
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
  'training-feature-layer': {
    en: 'The model has no layer {layer} to match with the teacher’s. Set training.distillation.feature.student to one of: {known}.',
    'zh-CN': '模型中没有可与教师匹配的层 {layer}。请把 training.distillation.feature.student 设为以下之一：{known}。',
  },
  'training-feature-teacher': {
    en: 'The teacher {teacher} has no layer {layer}. Set training.distillation.feature.teacher to one of: {known}.',
    'zh-CN': '教师 {teacher} 没有层 {layer}。请把 training.distillation.feature.teacher 设为以下之一：{known}。',
  },
  'training-feature-shapes': {
    en: 'The student’s {student} cannot be matched with the teacher’s {teacher}: channels or units may differ, height, width and time may not. Choose layers of the same size, for example behind as many poolings, or behind a flatten layer in both.',
    'zh-CN': '学生的 {student} 无法与教师的 {teacher} 匹配：通道数或单元数可以不同，高、宽与时间长度必须相同。请选择大小相同的层，例如经过同样多次池化的层，或两者都在展平层之后的层。',
  },
  'training-feature-flat': {
    en: 'Attention compares where in a picture or sequence the values are large; the student’s {student} and the teacher’s {teacher} have no such places. Choose layers in front of flatten, or matching "hint".',
    'zh-CN': 'attention 比较图像或序列中数值较大的位置；学生的 {student} 与教师的 {teacher} 没有位置。请选择展平之前的层，或改用 matching "hint"。',
  },
  'training-feature-too-large': {
    en: 'What the teacher’s layer gives for all training rows takes {features}; the run needs about {estimate} and {memory} are free. Choose a layer that gives less (behind pooling, or a dense one), or train on fewer rows.',
    'zh-CN': '教师该层对全部训练行的输出占 {features}；运行约需 {estimate}，可用内存为 {memory}。请选择输出更小的层（池化之后或全连接层），或减少训练行数。',
  },
  'training-teacher-unknown': {
    en: 'There is no run {run} to teach. Set training.distillation.teacher.run to the id of a run (`descent runs` lists them).',
    'zh-CN': '没有可担任教师的运行 {run}。请把 training.distillation.teacher.run 设为某个运行的 id（用 `descent runs` 查看）。',
  },
  'training-teacher-absent': {
    en: 'What {teacher} taught this run with is not here: a bundle brings the student only. Resume the run where it was trained, or start its document again with a teacher of this machine.',
    'zh-CN': '此处没有 {teacher} 教导该运行时所用的权重：运行包只包含学生。请在原来训练的机器上继续，或用本机的教师重新开始其文档。',
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
  'teacher-onnx-unreadable': {
    en: 'The ONNX file {file} cannot teach: {reason}. Export it again, or name another.',
    'zh-CN': 'ONNX 文件 {file} 无法担任教师：{reason}。请重新导出，或指定其他文件。',
  },
  'teacher-onnx-too-large': {
    en: 'The ONNX file {file} has {bytes} bytes; at most {limit} are read. Name a smaller model.',
    'zh-CN': 'ONNX 文件 {file} 有 {bytes} 字节，最多读取 {limit} 字节。请指定更小的模型。',
  },
  'teacher-onnx-external': {
    en: 'The ONNX file {file} keeps weights ({tensor}) in other files, which are not opened. Save it as one file.',
    'zh-CN': 'ONNX 文件 {file} 把权重（{tensor}）存放在其他文件中，这些文件不会被打开。请保存为单个文件。',
  },
  'teacher-onnx-absurd': {
    en: 'The ONNX file {file} asks for a tensor {tensor} of {elements} elements, more than it holds or than can be had. The file is damaged or made to do harm: name another.',
    'zh-CN': 'ONNX 文件 {file} 要求张量 {tensor} 有 {elements} 个元素，超出文件内容或可用范围。文件已损坏或为恶意文件：请指定其他文件。',
  },
  'teacher-onnx-unsupported': {
    en: 'The ONNX file {file} uses {what}, which a teacher may not: only standard operators that always answer alike, without branches, loops and functions of its own. Export it for inference, with standard operators.',
    'zh-CN': 'ONNX 文件 {file} 使用了 {what}，教师模型不允许：只能使用结果确定的标准算子，不得有分支、循环和自定义函数。请以推理模式、使用标准算子导出。',
  },
  'teacher-onnx-input': {
    en: 'The ONNX file {file} takes {found}; a teacher of this data takes one float32 input {wanted}, prepared as the student’s, or the same flattened. Export it so, or change the data’s shape.',
    'zh-CN': 'ONNX 文件 {file} 的输入为 {found}；此数据的教师应只有一个 float32 输入 {wanted}（预处理与学生相同），或其展平形式。请按此导出，或修改数据形状。',
  },
  'teacher-onnx-output': {
    en: 'The ONNX file {file} gives {found}; a teacher gives float32 scores [batch, {classes}], one for each class. Name a classifier of the same classes.',
    'zh-CN': 'ONNX 文件 {file} 的输出为 {found}；教师应输出 float32 得分 [batch, {classes}]，每个类别一个。请指定相同类别的分类器。',
  },
  'teacher-onnx-positions': {
    en: 'The data has a class at every position, and an ONNX file ({file}) teaches one for each sample. Let a run teach, or set the data set’s targets to "last".',
    'zh-CN': '数据在每个位置都有一个类别，而 ONNX 文件（{file}）只能教每个样本一个类别。请让运行担任教师，或将数据集的 targets 设为 "last"。',
  },
  'teacher-onnx-feature': {
    en: 'The ONNX file {file} has no tensor {tensor} of numbers [batch, …] to match; it has: {known}. Set training.distillation.feature.teacher to one of them.',
    'zh-CN': 'ONNX 文件 {file} 中没有可匹配的数值张量 {tensor} [batch, …]；其中有：{known}。请把 training.distillation.feature.teacher 设为其中之一。',
  },
  'teacher-onnx-other': {
    en: 'The ONNX file {file} does not have the content {hash} that the document names. Put the former file back, or remove teacher.hash.',
    'zh-CN': 'ONNX 文件 {file} 的内容与文档中的 {hash} 不符。请恢复原来的文件，或删除 teacher.hash。',
  },
} as const satisfies IssueMessages
