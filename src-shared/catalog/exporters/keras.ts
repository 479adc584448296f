import type { ExporterDefinition } from './exporter'

export const keras: ExporterDefinition = {
  type: 'keras',
  of: 'model',
  title: { en: 'Keras 3', 'zh-CN': 'Keras 3' },
  help: {
    en: 'A zip of Python files: the model in Keras 3 with its weights (NumPy’s format, no pickle), an example that predicts from raw features, and the whole experiment as a script. Images are channels last, as Keras has them.',
    'zh-CN': 'Python 文件的 zip 压缩包：Keras 3 模型及其权重（NumPy 格式，不含 pickle）、从原始特征进行预测的示例，以及整个实验的脚本。图像按 Keras 的习惯采用通道在后的排列。',
  },
  source: 'https://keras.io/guides/functional_api/',
  extension: '.keras.zip',
  mediaType: 'application/zip',
}
