import type { ExporterDefinition } from './exporter'

export const safetensors: ExporterDefinition = {
  type: 'safetensors',
  of: 'model',
  title: { en: 'safetensors', 'zh-CN': 'safetensors' },
  help: {
    en: 'The weights and running statistics alone, under the names of their layers, for Python (PyTorch, NumPy, JAX) and other tools. The document, the preprocessing and the class names stand in its metadata.',
    'zh-CN': '仅包含权重与滑动统计量，以所在层命名，供 Python（PyTorch、NumPy、JAX）等工具使用。文档、预处理方法与类别名称写在元数据中。',
  },
  source: 'https://huggingface.co/docs/safetensors/index#format',
  extension: '.safetensors',
  mediaType: 'application/octet-stream',
}
