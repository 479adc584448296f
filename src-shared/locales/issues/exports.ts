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
    en: 'The export takes {bytes} bytes; a file of the format {format} holds at most {limit}. Export the weights as safetensors.',
    'zh-CN': '导出内容占 {bytes} 字节；{format} 格式的文件最多容纳 {limit} 字节。请将权重导出为 safetensors。',
  },
  'export-layer-unsupported': {
    en: 'Layer {node} ({layer}) has no counterpart in the format {format}. Export as ONNX or safetensors, or replace the layer.',
    'zh-CN': '层 {node}（{layer}）在 {format} 格式中没有对应物。请导出为 ONNX 或 safetensors，或替换该层。',
  },
  'export-activation-unsupported': {
    en: 'The activation {activation} of layer {node} has no exact counterpart in the format {format}. Use another activation, or export as ONNX or PyTorch.',
    'zh-CN': '层 {node} 的激活函数 {activation} 在 {format} 格式中没有精确的对应物。请换用其他激活函数，或导出为 ONNX 或 PyTorch。',
  },
  'export-initializer-unsupported': {
    en: 'Keras has no {initializer} initializer for the {weight} of layer {node}. Choose another one (xavierUniform, heNormal, …), or use the PyTorch script.',
    'zh-CN': 'Keras 没有适用于层 {node} 的 {weight} 的 {initializer} 初始化。请另选一种（xavierUniform、heNormal 等），或使用 PyTorch 脚本。',
  },
  'export-optimizer-unsupported': {
    en: 'The optimizer {optimizer} has no form in Python yet. Choose another optimizer to copy the experiment as code; the trained model can be exported all the same.',
    'zh-CN': '优化器 {optimizer} 尚无 Python 形式。若要复制为代码，请选择其他优化器；训练好的模型仍可导出。',
  },
  'export-schedule-unsupported': {
    en: 'The schedule {schedule} has no form in Python yet. Choose another schedule to copy the experiment as code.',
    'zh-CN': '学习率调度 {schedule} 尚无 Python 形式。若要复制为代码，请选择其他调度。',
  },
  'export-training-unsupported': {
    en: 'The setting {setting} has no exact form in a {framework} script. Remove it to copy the experiment as code, or use the other framework; the trained model can be exported all the same.',
    'zh-CN': '设置 {setting} 在 {framework} 脚本中没有精确的形式。若要复制为代码，请去掉该设置或改用另一框架；训练好的模型仍可导出。',
  },
  'export-loss-unsupported': {
    en: 'The loss {loss} has no form in Python yet. Choose another loss to copy the experiment as code.',
    'zh-CN': '损失 {loss} 尚无 Python 形式。若要复制为代码，请选择其他损失。',
  },
  'export-metric-unsupported': {
    en: 'The metric {metric} has no form in Python yet. Remove it to copy the experiment as code.',
    'zh-CN': '指标 {metric} 尚无 Python 形式。若要复制为代码，请将其移除。',
  },
  'export-dataset-unsupported': {
    en: 'The data set {dataset} has no loader in Python yet. Save the data as .npz and use the data set "npy" to copy the experiment as code.',
    'zh-CN': '数据集 {dataset} 尚无 Python 读取代码。若要复制为代码，请将数据存为 .npz 并使用数据集 "npy"。',
  },
  'export-dataset-categories': {
    en: 'The column {column} holds categories, which arrays of numbers cannot. Use the table itself, or leave the column out with "ignore".',
    'zh-CN': '列 {column} 为类别，数值数组无法容纳。请直接使用表格，或用 "ignore" 略去该列。',
  },
  'bundle-unreadable': {
    en: '{path} cannot be read: {reason}. Choose a run bundle that may be read.',
    'zh-CN': '无法读取 {path}：{reason}。请选择可读取的运行包。',
  },
  'export-constraint-unsupported': {
    en: 'Layer "{node}" ({layer}) constrains its {weight} ({constraint}), which scripts can write for dense and convolution layers only. Remove the constraint to export the experiment as code.',
    'zh-CN': '层“{node}”（{layer}）对其 {weight} 设有约束（{constraint}），脚本只能为全连接层和卷积层写出约束。请移除该约束后再导出为代码。',
  },
  'export-activity-of-logits': {
    en: 'Layer "{node}" penalizes what its final activation gives, but scripts train on what goes into it. Put the penalty on another layer, or remove it, to export the experiment as code.',
    'zh-CN': '层“{node}”对其末端激活的输出加了惩罚，而脚本在该激活的输入上训练。请把惩罚放到其他层，或移除后再导出为代码。',
  },
  'bundle-name': {
    en: 'The bundle holds a file named "{name}", which no run bundle has. It was made by something else, or changed: make a new one with "Export › Run bundle".',
    'zh-CN': '该运行包含有名为“{name}”的文件，正常的运行包中不会有。它由其他程序生成或被改动过：请用“导出 › 运行包”重新生成。',
  },
  'bundle-too-large': {
    en: 'The bundle of {bytes} bytes unpacks to more than {limit} bytes, which no run does. It is damaged or made to do harm; nothing of it was kept.',
    'zh-CN': '该 {bytes} 字节的运行包解压后超过 {limit} 字节，正常运行不会如此。它已损坏或为恶意文件；未保留任何内容。',
  },
  'bundle-broken': {
    en: 'The file is no whole run bundle: {reason}. Copy it again from where it was made.',
    'zh-CN': '该文件不是完整的运行包：{reason}。请从生成处重新复制。',
  },
  'bundle-version': {
    en: 'The bundle is of kind "{kind}", version {version}; this Descent reads run bundles of version {known}. Update Descent to import it.',
    'zh-CN': '该包的类型为“{kind}”，版本 {version}；此 Descent 只能读取版本 {known} 的运行包。请更新 Descent 后再导入。',
  },
  'bundle-damaged': {
    en: 'The file {file} in the bundle is not what its manifest says: it was damaged or changed. Copy the bundle again from where it was made.',
    'zh-CN': '运行包中的文件 {file} 与清单不符：已损坏或被改动。请从生成处重新复制。',
  },
  'bundle-json': {
    en: 'The file {file} in the bundle cannot be read: {reason}. Make the bundle anew.',
    'zh-CN': '无法读取运行包中的文件 {file}：{reason}。请重新生成运行包。',
  },
  'bundle-forbidden-key': {
    en: 'The file {file} in the bundle has the key "{key}", which is refused because it could change the program. Make the bundle anew.',
    'zh-CN': '运行包中的文件 {file} 含有键“{key}”，因可能影响程序而被拒绝。请重新生成运行包。',
  },
  'bundle-points': {
    en: 'The table {file} in the bundle does not hold the points that it should: other sizes, or steps out of order. Make the bundle anew.',
    'zh-CN': '运行包中的表 {file} 所含数据点不正确：大小不同，或步数次序有误。请重新生成运行包。',
  },
  'bundle-checkpoint': {
    en: 'The checkpoint {file} in the bundle does not fit its document: "{tensor}" is missing or has another size. Make the bundle anew.',
    'zh-CN': '运行包中的检查点 {file} 与其文档不符：“{tensor}”缺失或大小不同。请重新生成运行包。',
  },
} as const satisfies IssueMessages
