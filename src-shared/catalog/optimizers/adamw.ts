import { kerasAdam, pytorchAdam, textbookAdam } from './adam'
import { amsgradField, beta1Field, beta2Field, epsilonField, epsilonPlacementField, optimizerOptions } from './fields'
import { defineOptimizer } from './optimizer'

const keras: typeof kerasAdam = {
  ...kerasAdam,
  weightDecay: 0.004,
  source: 'Keras 3, keras/src/optimizers/adamw.py',
}

const pytorch: typeof pytorchAdam = {
  ...pytorchAdam,
  weightDecay: 0.01,
  source: 'PyTorch 2, torch.optim.AdamW',
}

const textbook: typeof textbookAdam = {
  ...textbookAdam,
  defaults: { ...textbookAdam.defaults, epsilonPlacement: 'outside' },
  weightDecay: 1e-5,
  source: 'Loshchilov & Hutter (2019), arXiv:1711.05101, algorithm 2',
  note: {
    en: 'Weight decay as published: the schedule scales it, the base learning rate does not, so weights shrink by λ per update at full rate. λ here equals η·λ of the frameworks: 1e-5 is PyTorch’s 0.01 at a rate of 0.001.',
    'zh-CN': '论文原式的权重衰减：随调度缩放，但不乘基础学习率，即在满学习率下每次更新权重缩小 λ。这里的 λ 等于框架中的 η·λ：1e-5 对应 PyTorch 在学习率 0.001 下的 0.01。',
  },
}

export const adamw = defineOptimizer({
  type: 'adamw',
  options: optimizerOptions({
    beta1: beta1Field,
    beta2: beta2Field,
    epsilon: epsilonField,
    amsgrad: amsgradField,
    epsilonPlacement: epsilonPlacementField,
  }),
  title: { en: 'AdamW', 'zh-CN': 'AdamW（解耦权重衰减的 Adam）' },
  help: {
    en: 'Adam with weight decay that shrinks all weights alike, instead of passing through Adam’s division as an L2 penalty does. The usual choice where Adam needs regularization, transformers above all.',
    'zh-CN': '权重衰减与 Adam 解耦：所有权重等比例缩小，而不像 L2 惩罚那样被 Adam 的除法改变。需要正则化的 Adam 通常选它，Transformer 尤其如此。',
  },
  formula: String.raw`w \leftarrow (1 - \eta \lambda) w - \eta \, \frac{\hat m}{\sqrt{\hat v} + \epsilon}`,
  source: 'Loshchilov & Hutter (2019), Decoupled Weight Decay Regularization, arXiv:1711.05101, algorithm 2',
  dialects: { keras, pytorch, textbook },
  weightDecay: 'decoupled',
})
