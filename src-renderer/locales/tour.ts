import type { AreaMessages } from './messages'

export const tour = {
  title: { en: 'Four steps to a trained network', 'zh-CN': '四步训练一个网络' },
  step1: { en: 'Build: the network is a graph of layers. Drag layers from the left, connect them, set them on the right.', 'zh-CN': '搭建：网络是由层构成的图。从左侧拖入层，连接它们，在右侧设置。' },
  step2: { en: 'Train: press the blue button. Curves, rates and results appear while it learns; pause and change the learning rate at any time.', 'zh-CN': '训练：点击蓝色按钮。学习过程中会显示曲线、速率和结果；可随时暂停并修改学习率。' },
  step3: { en: 'Runs and Compare: every run is kept. Mark some, compare their curves and what differs between them.', 'zh-CN': '运行与比较：每次运行都会保存。勾选几次，比较它们的曲线和配置差异。' },
  step4: { en: 'Export: a finished run shows its result here, and with it “Export”: ONNX, safetensors, TensorFlow.js, Keras, PyTorch or a report.', 'zh-CN': '导出：运行结束后，此处的结果旁有“导出”：ONNX、safetensors、TensorFlow.js、Keras、PyTorch 或报告。' },
  next: { en: 'Next', 'zh-CN': '下一步' },
  done: { en: 'Done', 'zh-CN': '完成' },
  dismiss: { en: 'Do not show again', 'zh-CN': '不再显示' },
  progress: { en: '{step} of {count}', 'zh-CN': '{step} / {count}' },
} as const satisfies AreaMessages
