import type { ExporterDefinition } from './exporter'

export const tfjs: ExporterDefinition = {
  type: 'tfjs',
  of: 'model',
  title: { en: 'TensorFlow.js', 'zh-CN': 'TensorFlow.js' },
  help: {
    en: 'A zip of model.json and its weights for web pages and Node: tf.loadLayersModel reads it. Images are channels last; preprocessing and class names stand in the model’s metadata.',
    'zh-CN': '供网页与 Node 使用的 zip 压缩包，内含 model.json 与权重，可用 tf.loadLayersModel 读取。图像采用通道在后的排列；预处理方法与类别名称写在模型的元数据中。',
  },
  source: 'https://www.tensorflow.org/js/guide/save_load',
  extension: '.tfjs.zip',
  mediaType: 'application/zip',
}
