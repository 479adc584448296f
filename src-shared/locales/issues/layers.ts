import type { IssueMessages } from './messages'

export const layersIssues = {
  'layer-input-shape-unknown': {
    en: '"{node}" has no shape. Declare one, such as [784] or [1, 28, 28], or leave it to the data set.',
    'zh-CN': '“{node}”没有形状。请声明形状，例如 [784] 或 [1, 28, 28]，或由数据集给出。',
  },
  'layer-needs-vector': {
    en: '"{node}" takes vectors, but its input has shape {shape}. Put a flatten or globalAveragePooling2d layer before it.',
    'zh-CN': '“{node}”的输入应为向量，但实际形状为 {shape}。请在它之前加入 flatten 或 globalAveragePooling2d 层。',
  },
  'layer-needs-image': {
    en: '"{node}" takes images [channels, height, width], but its input has shape {shape}. Put a reshape layer before it, or move it before the flatten or dense layer.',
    'zh-CN': '“{node}”的输入应为图像 [通道, 高, 宽]，但实际形状为 {shape}。请在它之前加入 reshape 层，或把它移到 flatten、dense 层之前。',
  },
  'layer-needs-sequence': {
    en: '"{node}" takes sequences [time, features], but its input has shape {shape}. Put an embedding or reshape layer before it, or let the recurrent layer before it return sequences.',
    'zh-CN': '“{node}”的输入应为序列 [时间, 特征]，但实际形状为 {shape}。请在它之前加入 embedding 或 reshape 层，或让之前的循环层返回整个序列。',
  },
  'layer-needs-numbers': {
    en: '"{node}" takes a sequence of numbers [time], but its input has shape {shape}. Put it right after the input of a data set that gives one number per step.',
    'zh-CN': '“{node}”的输入应为编号序列 [时间]，但实际形状为 {shape}。请把它直接放在每步给出一个编号的数据集的输入之后。',
  },
  'layer-too-many-steps': {
    en: '"{node}" would go through {steps} time steps, but a recurrent layer can have at most {most}. Use shorter sequences, or a conv1d with strides or a pooling layer before it.',
    'zh-CN': '“{node}”将经过 {steps} 个时间步，而循环层最多 {most} 步。请使用更短的序列，或在它之前加入带步长的 conv1d 或池化层。',
  },
  'layer-attention-heads': {
    en: '"{node}" divides {features} features among {heads} heads, which does not come out even. Choose a divisor of {features}, or set headSize.',
    'zh-CN': '“{node}”要把 {features} 个特征分给 {heads} 个头，无法整除。请选 {features} 的约数，或设置 headSize。',
  },
  'layer-softmax-image': {
    en: '"{node}" would apply softmax along the width of an image of shape {shape}. Use softmax on vectors only: put flatten and dense, or globalAveragePooling2d, before it.',
    'zh-CN': '“{node}”会沿形状为 {shape} 的图像的宽度做 softmax。softmax 只应作用于向量：请先接 flatten 与 dense，或 globalAveragePooling2d。',
  },
  'layer-softmax-one': {
    en: '"{node}" applies softmax to a single value, which always gives 1. Use sigmoid, or one unit per class.',
    'zh-CN': '“{node}”对单个值做 softmax，结果恒为 1。请改用 sigmoid，或为每个类别设一个单元。',
  },
  'layer-window-too-large': {
    en: '"{node}" slides a window of {dimension:term} {window} over an input of {dimension:term} {extent} (with padding). Make the window or its dilation smaller, set padding to "same", or pool less before it.',
    'zh-CN': '“{node}”的窗口（{dimension:term} = {window}）大于其输入（含填充，{dimension:term} = {extent}）。请减小窗口或扩张率，将 padding 设为 "same"，或减少之前的池化。',
  },
  'layer-pool-padding': {
    en: '"{node}" pads {dimension:term} by {pad}, but its window is only {window}: some windows would hold nothing but padding. Keep padding below the window.',
    'zh-CN': '“{node}”在 {dimension:term} 方向填充 {pad}，而窗口只有 {window}：有的窗口将只包含填充。请使填充小于窗口。',
  },
  'layer-groups-channels': {
    en: '"{node}" splits {channels} input channels into {groups} groups, which does not come out even. Set groups to a divisor of {channels}.',
    'zh-CN': '“{node}”要把 {channels} 个输入通道分为 {groups} 组，无法整除。请将 groups 设为 {channels} 的约数。',
  },
  'layer-groups-filters': {
    en: '"{node}" splits {filters} filters into {groups} groups, which does not come out even. Set filters to a multiple of {groups}.',
    'zh-CN': '“{node}”要把 {filters} 个滤波器分为 {groups} 组，无法整除。请将 filters 设为 {groups} 的倍数。',
  },
  'layer-reshape-size': {
    en: '"{node}" cannot give an input of shape {input} ({size} elements) the shape {target}. Choose extents whose product is {size}, or use one -1.',
    'zh-CN': '“{node}”无法把形状为 {input}（{size} 个元素）的输入变为 {target}。请使各维之积为 {size}，或使用一个 -1。',
  },
  'layer-merge-shapes': {
    en: '"{node}" combines its inputs element by element, but input {index} has shape {other} and the first {first}: they differ in {dimension:term}. Make them equal, for example with padding "same" or a 1×1 conv2d on one branch.',
    'zh-CN': '“{node}”逐元素合并各输入，但第 {index} 个输入的形状为 {other}，第一个为 {first}：二者在{dimension:term}上不同。请使其一致，例如将 padding 设为 "same"，或在某一支路加 1×1 conv2d。',
  },
  'layer-concatenate-shapes': {
    en: '"{node}" joins its inputs along axis {axis}, but input {index} has shape {other} and the first {first}: every other dimension must be equal, and {dimension:term} is not. Change one branch, or choose another axis.',
    'zh-CN': '“{node}”沿轴 {axis} 拼接各输入，但第 {index} 个输入的形状为 {other}，第一个为 {first}：其余各维必须相等，而{dimension:term}不相等。请修改某一支路，或换一个轴。',
  },
  'layer-axis': {
    en: '"{node}" has axis {axis}, but its inputs of shape {shape} have axes 0 to {last} (the batch is not counted).',
    'zh-CN': '“{node}”的轴为 {axis}，但形状为 {shape} 的输入只有轴 0 到 {last}（不计批次）。请改为其中之一。',
  },
} as const satisfies IssueMessages
