import type { ExporterDefinition } from './exporter'

export const onnx: ExporterDefinition = {
  type: 'onnx',
  of: 'model',
  title: { en: 'ONNX', 'zh-CN': 'ONNX' },
  help: {
    en: 'The trained network for inference, weights included, for any batch size. Runs in ONNX Runtime and everything that reads ONNX (operator set 18). It expects preprocessed features; how to make them, the class names and the origin stand in its metadata.',
    'zh-CN': '用于推理的训练后网络，包含权重，适用于任意批大小。可在 ONNX Runtime 及一切支持 ONNX（算子集 18）的工具中运行。输入为预处理后的特征；预处理方法、类别名称与来源写在元数据中。',
  },
  source: 'https://onnx.ai/onnx/repo-docs/IR.html',
  extension: '.onnx',
  mediaType: 'application/octet-stream',
}
