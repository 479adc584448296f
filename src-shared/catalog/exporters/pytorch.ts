import type { ExporterDefinition } from './exporter'

export const pytorch: ExporterDefinition = {
  type: 'pytorch',
  of: 'model',
  title: { en: 'PyTorch', 'zh-CN': 'PyTorch' },
  help: {
    en: 'A zip of Python files: the model as a PyTorch module with its weights (safetensors, no pickle), an example that predicts from raw features, and the whole experiment as a script.',
    'zh-CN': 'Python 文件的 zip 压缩包：PyTorch 模块及其权重（safetensors，不含 pickle）、从原始特征进行预测的示例，以及整个实验的脚本。',
  },
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Module.html',
  extension: '.pytorch.zip',
  mediaType: 'application/zip',
}
