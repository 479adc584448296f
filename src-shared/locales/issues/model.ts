import type { IssueMessages } from './messages'

export const modelIssues = {
  'model-duplicate-id': {
    en: 'Two layers are called "{id}". Give each layer an id of its own.',
    'zh-CN': '有两个层都叫“{id}”。请给每个层一个不同的 id。',
  },
  'model-edge-unknown-node': {
    en: 'This connection names "{id}", but the model has no such layer. Layers: {known}.',
    'zh-CN': '这条连接引用了“{id}”，但模型中没有这个层。现有的层：{known}。',
  },
  'model-duplicate-edge': {
    en: 'The connection from "{from}" to "{to}" stands twice. Remove one of the two.',
    'zh-CN': '从“{from}”到“{to}”的连接重复了，请删除其中一条。',
  },
  'model-cycle': {
    en: 'The layers form a cycle: {cycle}. Data must flow one way: remove one of these connections.',
    'zh-CN': '这些层构成了环：{cycle}。数据只能单向流动，请删除其中一条连接。',
  },
  'model-no-input': {
    en: 'The model has no input layer. Add one: {"id": "input", "type": "input"}.',
    'zh-CN': '模型没有输入层。请添加一个：{"id": "input", "type": "input"}。',
  },
  'model-several-inputs': {
    en: 'The model has several input layers ({ids}), but a data set feeds one. Keep one and connect it to all its users.',
    'zh-CN': '模型有多个输入层（{ids}），而数据集只提供一个输入。请只保留一个，并把它连接到所有使用者。',
  },
  'model-several-outputs': {
    en: 'Nothing follows these layers: {ids}. A model has one output: connect the others onward (for instance with add or concatenate) or remove them.',
    'zh-CN': '这些层之后没有任何层：{ids}。模型只能有一个输出：请把其余的层接到后面（例如用 add 或 concatenate），或删除它们。',
  },
  'model-arity': {
    en: 'Layer "{id}" ({type}) has {found} incoming connections; it takes {least} to {most}. Change the connections.',
    'zh-CN': '层“{id}”（{type}）有 {found} 条输入连接；它需要 {least} 到 {most} 条。请修改连接。',
  },
  'model-input-shape': {
    en: 'Layer "{node}" expects samples of shape {declared}, but the data set has {data}. Remove "shape" to take it from the data, or change the data set.',
    'zh-CN': '层“{node}”期望形状为 {declared} 的样本，但数据集的形状是 {data}。删除“shape”即可采用数据集的形状，或更换数据集。',
  },
  'training-group-unknown-layer': {
    en: 'This parameter group names "{layer}", but the model has no such layer. Layers: {known}.',
    'zh-CN': '该参数组引用了“{layer}”，但模型中没有这个层。现有的层：{known}。',
  },
  'training-all-frozen': {
    en: 'All weights are frozen: there is nothing to train. Take layers out of the frozen groups.',
    'zh-CN': '所有权重都被冻结，没有可训练的内容。请从冻结的组中移出一些层。',
  },
  'training-batch-too-large': {
    en: 'batchSize is {batchSize}, but only {rows} rows are left to train on. Use {rows} or less, or "full".',
    'zh-CN': 'batchSize 为 {batchSize}，但只有 {rows} 行可用于训练。请改为不大于 {rows} 的值，或使用“full”。',
  },
  'training-duplicate-metric': {
    en: 'The metric {metric} stands twice. Remove one of the two.',
    'zh-CN': '指标 {metric} 重复了，请删除其中一个。',
  },
  'training-not-finite-unsaved': {
    en: 'NaN or infinity appeared in step {step}, first in "{place}" ({op}), at a learning rate of {learningRate}, before a checkpoint was written. Lower the learning rate or the scale of the data.',
    'zh-CN': '第 {step} 步出现 NaN 或无穷大，最先出现在“{place}”（{op}），当时学习率为 {learningRate}，尚未写入检查点。请降低学习率或缩小数据的尺度。',
  },
  'training-not-finite': {
    en: 'NaN or infinity appeared in step {step}, first in "{place}" ({op}), at a learning rate of {learningRate}. Lower the learning rate or the scale of the data; the last good checkpoint (step {checkpoint}) is kept.',
    'zh-CN': '第 {step} 步出现 NaN 或无穷大，最先出现在“{place}”（{op}），当时学习率为 {learningRate}。请降低学习率或缩小数据的尺度；最近一个正常的检查点（第 {checkpoint} 步）已保留。',
  },
} as const satisfies IssueMessages
