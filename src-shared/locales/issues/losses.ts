import type { IssueMessages } from './messages'

export const lossesIssues = {
  'loss-output-shape': {
    en: 'The model’s output has shape {output}, but each target has shape {target}. Give the last layer {size} units, or choose other target columns.',
    'zh-CN': '模型输出的形状为 {output}，而每个目标的形状为 {target}。请让最后一层有 {size} 个单元，或更换目标列。',
  },
  'loss-output-classes': {
    en: 'The model has {outputs} outputs, but the data has {classes} classes. Give the last layer {classes} units (one per class).',
    'zh-CN': '模型有 {outputs} 个输出，而数据有 {classes} 个类别。请让最后一层有 {classes} 个单元（每类一个）。',
  },
  'loss-binary-outputs': {
    en: 'Binary cross-entropy with {classes} classes needs one output, but the model has {outputs}. Give the last layer 1 unit with sigmoid.',
    'zh-CN': '{classes} 个类别的二元交叉熵需要一个输出，而模型有 {outputs} 个。请让最后一层只有 1 个单元并使用 sigmoid。',
  },
  'loss-binary-classes': {
    en: 'Binary cross-entropy is for two classes, but the data has {classes} and the model {outputs} outputs. Use categoricalCrossentropy with {classes} units and softmax.',
    'zh-CN': '二元交叉熵用于两个类别，而数据有 {classes} 个类别、模型有 {outputs} 个输出。请改用 categoricalCrossentropy，最后一层设 {classes} 个单元并使用 softmax。',
  },
  'loss-categorical-outputs': {
    en: 'Categorical cross-entropy needs one output per class: the model has {outputs} outputs, the data {classes} classes. Set the last layer’s units to {classes}.',
    'zh-CN': '多类交叉熵要求每个类别对应一个输出：模型有 {outputs} 个输出，数据有 {classes} 个类别。请将最后一层的 units 设为 {classes}。',
  },
  'loss-categorical-binary': {
    en: 'Categorical cross-entropy needs one output per class: the model has {outputs} output, the data {classes} classes. Use binaryCrossentropy with this output (sigmoid), or {classes} units with softmax.',
    'zh-CN': '多类交叉熵要求每个类别对应一个输出：模型有 {outputs} 个输出，数据有 {classes} 个类别。请改用 binaryCrossentropy（sigmoid），或设 {classes} 个单元并使用 softmax。',
  },
  'loss-positions': {
    en: 'The data has a class at each of {positions} positions, so the model must answer at each, [{positions}, {classes}], but its output has shape {output}. Turn returnSequences on in recurrent layers, remove what takes time away (flatten, global pooling), and end in dense with {classes} units; or set the data set’s targets to `last`.',
    'zh-CN': '数据在 {positions} 个位置上各有一个类别，模型须在每个位置作答，即 [{positions}, {classes}]，但其输出形状为 {output}。请为循环层打开 returnSequences，移除会去掉时间轴的层（flatten、全局池化），并以 {classes} 个单元的 dense 结尾；或将数据集的 targets 设为 `last`。',
  },
  'loss-categorical-shape': {
    en: 'Categorical cross-entropy needs a vector of {classes} class scores, but the model’s output has shape {output}. End the model with flatten (or globalAveragePooling2d) and dense with {classes} units.',
    'zh-CN': '多类交叉熵需要长度为 {classes} 的类别得分向量，而模型输出的形状为 {output}。请以 flatten（或 globalAveragePooling2d）加 {classes} 个单元的 dense 结尾。',
  },
  'loss-categorical-target': {
    en: 'Categorical cross-entropy needs class labels or rows of class probabilities, but the target ({names}) is numeric of shape {target} and the output has shape {output}. Use meanSquaredError for numbers, or declare the target column as a class.',
    'zh-CN': '多类交叉熵需要类别标签或各类概率，而目标（{names}）是形状为 {target} 的数值，输出形状为 {output}。数值目标请使用 meanSquaredError，或将目标列声明为类别。',
  },
  'loss-needs-probabilities': {
    en: 'This loss needs probabilities, but the model ends in the activation {activation}. Set the last layer’s activation to {wanted}, or the loss’s fromLogits to true.',
    'zh-CN': '该损失需要概率，而模型的最后一个激活函数是 {activation}。请将最后一层的 activation 设为 {wanted}，或将损失的 fromLogits 设为 true。',
  },
  'metric-needs-probabilities': {
    en: 'This metric needs probabilities, but the model ends in the activation {activation}. Set the last layer’s activation to {wanted}, or the metric’s fromLogits to true.',
    'zh-CN': '该指标需要概率，而模型的最后一个激活函数是 {activation}。请将最后一层的 activation 设为 {wanted}，或将指标的 fromLogits 设为 true。',
  },
  'metric-needs-classes': {
    en: 'This metric counts classes, but the target ({names}) is numeric. Use meanAbsoluteError, rootMeanSquaredError or r2.',
    'zh-CN': '该指标针对类别，而目标（{names}）是数值。请改用 meanAbsoluteError、rootMeanSquaredError 或 r2。',
  },
  'metric-outputs': {
    en: 'This metric needs one output per class (or a single output for two classes), but the model’s output has shape {outputs} and the data {classes} classes. Give the last layer {classes} units.',
    'zh-CN': '该指标要求每个类别对应一个输出（两个类别时也可只有一个输出），而模型输出的形状为 {outputs}，数据有 {classes} 个类别。请让最后一层有 {classes} 个单元。',
  },
  'metric-top-k-binary': {
    en: 'Top-k accuracy needs one output per class, but the model has a single output for {classes} classes. Use accuracy, or {classes} units with softmax.',
    'zh-CN': '前 k 准确率要求每个类别对应一个输出，而模型只有一个输出对应 {classes} 个类别。请改用 accuracy，或设 {classes} 个单元并使用 softmax。',
  },
  'metric-positive-class': {
    en: 'This metric looks at class {positiveClass}, but the data has {classes} classes, 0 to {last}. Choose one of them as positiveClass.',
    'zh-CN': '该指标考察类别 {positiveClass}，而数据有 {classes} 个类别（0 至 {last}）。请将 positiveClass 设为其中之一。',
  },
  'metric-needs-values': {
    en: 'This metric is for numeric targets, but the data has {classes} classes. Use accuracy or f1.',
    'zh-CN': '该指标用于数值目标，而数据有 {classes} 个类别。请改用 accuracy 或 f1。',
  },
} as const satisfies IssueMessages
