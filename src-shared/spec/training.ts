import { z } from 'zod'
import { augmentationSchema } from '@shared/catalog/augmentations'
import { averagingSchema } from '@shared/catalog/averaging'
import { clippingSchema } from '@shared/catalog/clipping'
import { field } from '@shared/catalog/definition'
import { lossSchema } from '@shared/catalog/losses'
import { metricSchema } from '@shared/catalog/metrics'
import { optimizerSchema } from '@shared/catalog/optimizers'
import { regularizerSchema } from '@shared/catalog/regularizers'
import { scheduleSchema } from '@shared/catalog/schedules'
import { stoppingSchema } from '@shared/catalog/stopping'
import { diagnosticsSchema } from './diagnostics'
import { distillationSchema } from './distillation'

/** Variance η/(1 + t)^γ at the update after t others. Source: Neelakantan et al. (2015), arXiv:1511.06807, eq. 1–2. */
const gradientNoiseSchema = z.strictObject({
  variance: field(z.number().positive().default(0.01), {
    en: 'Variance of the noise at the first update; the paper tries 0.01, 0.3 and 1.',
    'zh-CN': '第一次更新时噪声的方差；论文尝试了 0.01、0.3 和 1。',
    symbol: '\\eta',
  }),
  decay: field(z.number().min(0).default(0.55), {
    en: 'How fast it fades: at the update after t others the variance is divided by (1 + t) to the power of this.',
    'zh-CN': '衰减速度：在 t 次更新之后，方差除以 (1 + t) 的该次幂。',
    symbol: '\\gamma',
  }),
})

const parameterGroupSchema = z.strictObject({
  layers: field(z.array(z.string().min(1).max(200)).min(1).max(1000), { en: 'Ids of the layers whose weights are meant.', 'zh-CN': '所指权重所在层的 id。' }),
  rateFactor: field(z.number().positive().default(1), {
    en: 'What the learning rate is multiplied by for these weights.',
    'zh-CN': '这些权重的学习率所乘的倍数。',
  }),
  decay: field(z.enum(['kernels', 'all', 'none']).default('kernels'), {
    en: 'Which of them weight decay acts on: kernels alone (biases and normalization weights do not decay), all, or none.',
    'zh-CN': '权重衰减作用于哪些权重：仅核（偏置与归一化权重不衰减）、全部或都不。',
  }),
  frozen: field(z.boolean().default(false), {
    en: 'Leave these weights as they are. Batch normalization of a frozen layer uses and keeps its running statistics, as in Keras.',
    'zh-CN': '保持这些权重不变。被冻结的批归一化层使用并保持其滑动统计量，与 Keras 相同。',
  }),
})

export const trainingSchema = z.strictObject({
  loss: field(lossSchema, {
    en: 'What training minimizes, averaged over the batch. Penalties come on top and are recorded apart.',
    'zh-CN': '训练所最小化的目标，对批次取平均。惩罚项另行相加并单独记录。',
  }),
  metrics: field(z.array(metricSchema).max(32).default([]), {
    en: 'Measured on every training step and on the validation part.',
    'zh-CN': '在每个训练步和验证集上计算的指标。',
  }),
  optimizer: field(optimizerSchema, {
    en: 'The rule that turns gradients into updates, in the dialect of a framework.',
    'zh-CN': '把梯度变为更新的规则，可选框架方言。',
  }),
  schedule: field(scheduleSchema.optional(), {
    en: 'How the learning rate changes over the run. Left out: constant.',
    'zh-CN': '学习率随训练的变化方式。省略时保持不变。',
  }),
  augmentation: field(z.array(augmentationSchema).max(16).default([]), {
    en: 'Random changes of the training rows, in this order, new in every step; validation and test rows stay as they are.',
    'zh-CN': '对训练行的随机变换，按此顺序进行，每一步重新抽取；验证集与测试集保持不变。',
  }),
  parameterGroups: field(z.array(parameterGroupSchema).min(1).max(100).optional(), {
    en: 'Settings of the optimizer for single layers; of groups that name the same layer the last holds. Left out: the same for all.',
    'zh-CN': '针对个别层的优化器设置；多个组包含同一层时以最后一个为准。省略时所有层相同。',
  }),
  averaging: field(averagingSchema.optional(), {
    en: 'Averaged weights beside the trained ones, of any optimizer. Left out: none.',
    'zh-CN': '在训练权重之外维护平均权重，适用于任何优化器。省略时不使用。',
  }),
  regularization: field(regularizerSchema.nullable().default(null), {
    en: 'Penalty on every kernel of the model, beside the penalties of single layers.',
    'zh-CN': '对模型所有核权重的惩罚，与各层自己的惩罚相加。',
  }),
  distillation: field(distillationSchema.optional(), {
    en: 'Learns from the answers of a trained model beside the labels: α·L(labels) + (1 − α)·T²·KL(teacher ‖ student). The teacher answers every training row once, before the first step, which is exact as long as rows are not changed while training.',
    'zh-CN': '除标签外还向已训练模型的输出学习：α·L(标签) + (1 − α)·T²·KL(教师 ‖ 学生)。教师在第一步之前对每个训练行作答一次；只要训练时不改变这些行，结果就是精确的。',
  }),
  batchSize: field(z.union([z.int().min(1).max(1_000_000), z.literal('full')]).default(32), {
    en: 'Rows per update: 1 is stochastic gradient descent, "full" is batch gradient descent.',
    'zh-CN': '每次更新使用的行数：1 为随机梯度下降，"full" 为批量梯度下降。',
    symbol: 'B',
    unit: 'rows',
  }),
  accumulation: field(z.int().min(1).max(64).optional(), {
    en: 'Computes each batch in so many parts, one after another, and updates once with their mean gradient: less memory, the same update as the whole batch. Batch normalization sees one part at a time. Left out: 1.',
    'zh-CN': '把每个批次分成若干份依次计算，再用平均梯度更新一次：占用内存更少，更新与整批相同。批归一化每次只看到其中一份。省略时为 1。',
    unit: 'parts',
  }),
  gradientClip: field(clippingSchema.optional(), {
    en: 'Shortens gradients that are too large, before momentum and weight decay see them. Left out: none.',
    'zh-CN': '在动量与权重衰减之前缩短过大的梯度。省略时不裁剪。',
  }),
  gradientNoise: field(gradientNoiseSchema.optional(), {
    en: 'Normal noise added to the clipped gradient, smaller at every step: helps very deep networks to leave poor regions. Left out: none.',
    'zh-CN': '给裁剪后的梯度加上逐步减小的正态噪声，帮助很深的网络离开不良区域。省略时不加。',
  }),
  epochs: field(z.int().min(1).max(1_000_000).default(10), {
    en: 'Passes over the training part.',
    'zh-CN': '遍历训练集的次数。',
    unit: 'epochs',
  }),
  stopping: field(z.array(stoppingSchema).min(1).max(8).optional(), {
    en: 'Rules that end training before the epochs are over; the first that holds does. Left out: none.',
    'zh-CN': '在轮次用完之前结束训练的规则，最先满足的生效。省略时没有。',
  }),
  shuffle: field(z.boolean().default(true), {
    en: 'Draw a new row order for every epoch, from the seed.',
    'zh-CN': '每个轮次按种子重新打乱行的顺序。',
  }),
  evaluateEvery: field(z.union([z.literal('epoch'), z.strictObject({ steps: field(z.int().min(1), { en: 'Updates between two evaluations.', 'zh-CN': '两次评估之间的更新次数。', unit: 'steps' }) })]).default('epoch'), {
    en: 'When the validation part is evaluated: after each epoch, or every n steps.',
    'zh-CN': '何时在验证集上评估：每个轮次之后，或每 n 步。',
  }),
  checkpointSeconds: field(z.number().min(0).max(86_400).default(30), {
    en: 'Least time between two checkpoints; they are written at the end of an epoch. 0: after every epoch.',
    'zh-CN': '两次检查点之间的最短时间；检查点在轮次结束时写入。0 表示每个轮次之后都写。',
    unit: 's',
  }),
  diagnostics: field(diagnosticsSchema.default('auto'), {
    en: 'Gradient norms, updates, activations and histograms by layer, measured beside the training; changes no result. "auto": within 5% of the time where a window shows the run, none on the command line.',
    'zh-CN': '训练之外按层测量的梯度范数、更新、激活与直方图，不影响结果。"auto"：窗口中的运行占用不超过 5% 的时间，命令行不测量。',
  }),
})

export type TrainingDocument = z.output<typeof trainingSchema>
