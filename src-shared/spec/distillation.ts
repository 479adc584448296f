import { z } from 'zod'
import { field } from '@shared/catalog/definition'

/** What a distilled student makes small, LaTeX: z are scores before the softmax σ, of the teacher and of the student. */
export const DISTILLATION_FORMULA = '\\mathcal{L} = \\alpha\\,L(\\text{labels}) + (1 - \\alpha)\\,T^2\\,\\mathrm{KL}\\bigl(\\sigma(z_{\\text{teacher}}/T) \\,\\big\\|\\, \\sigma(z_{\\text{student}}/T)\\bigr)'

/** What a matched layer adds to it, LaTeX: h are what the layers give, n its elements, r the regressor that is learned beside. */
export const FEATURE_FORMULAS = {
  hint: '{} + \\beta\\,\\frac{1}{n}\\bigl\\|\\,r(h_{\\text{student}}) - h_{\\text{teacher}}\\bigr\\|^2',
  attention: '{} + \\beta\\,\\frac{1}{n}\\Bigl\\|\\,\\frac{a_{\\text{student}}}{\\|a_{\\text{student}}\\|} - \\frac{a_{\\text{teacher}}}{\\|a_{\\text{teacher}}\\|}\\Bigr\\|^2, \\quad a = \\sum_c h_c^2',
} as const

const contentHash = z.string().regex(/^[0-9a-f]{64}$/).optional()

const runTeacherSchema = z.strictObject({
  run: field(z.string().min(1).max(100), {
    en: 'Id of the run whose trained model teaches. Its data must be the same, read and split alike.',
    'zh-CN': '担任教师的运行的 id。其数据、读取方式和划分必须相同。',
  }),
  checkpoint: field(contentHash, {
    en: 'Content hash of its weights (SHA-256); a run with other weights is refused. Left out: the newest of the run, which the new run records.',
    'zh-CN': '其权重的内容哈希（SHA-256）；权重不符则拒绝。省略时取该运行最新的权重，并记录在新运行中。',
  }),
})

export const onnxTeacherSchema = z.strictObject({
  kind: field(z.literal('onnx'), { en: 'A model in a file of another program, or exported here.', 'zh-CN': '来自其他程序或从此处导出的模型文件。' }),
  file: field(z.string().min(1).max(4096), {
    en: 'ONNX file, relative to the document: one float32 input [batch, …sample] of prepared features, one output [batch, classes]. A final softmax is taken off. The run keeps its content.',
    'zh-CN': 'ONNX 文件，相对于文档：一个 float32 输入 [batch, …样本]（处理后的特征），一个输出 [batch, 类别数]。末尾的 softmax 会被去掉。运行会保存文件内容。',
    path: 'file',
  }),
  hash: field(contentHash, { en: 'Content hash of the file (SHA-256); another content is refused. Left out: any.', 'zh-CN': '文件的内容哈希（SHA-256）；内容不符则拒绝。省略时不检查。' }),
})

/**
 * Matches what a layer inside the student gives with what one of the teacher's gives. `hint`: Romero et al. (2015), FitNets,
 * arXiv:1412.6550, eq. 3, the mean instead of half the sum, and together with the other terms instead of in a stage before
 * them. `attention`: Zagoruyko & Komodakis (2017), Paying More Attention to Attention, arXiv:1612.03928, eq. 1–2, the mean.
 */
export const featureSchema = z.strictObject({
  teacher: field(z.string().min(1).max(200), {
    en: 'The teacher’s layer, by its id; in an ONNX file a tensor by its name, or the last one under the layer’s name.',
    'zh-CN': '教师的层，按 id 指定；在 ONNX 文件中按张量名称指定，或取该层名称下的最后一个张量。',
  }),
  student: field(z.string().min(1).max(200), {
    en: 'The student’s layer that learns to give the same, by its id.',
    'zh-CN': '学习给出相同内容的学生的层，按 id 指定。',
  }),
  matching: field(z.enum(['hint', 'attention']).default('hint'), {
    en: 'hint: every value, through a linear map (1×1 convolution or dense) that is learned beside where channels or units differ in number. attention: where in the picture or sequence the values are large, whatever the channels.',
    'zh-CN': 'hint：匹配每个数值；通道数或单元数不同时，经过一个同时学习的线性映射（1×1 卷积或全连接）。attention：匹配图像或序列中数值较大的位置，与通道无关。',
  }),
  beta: field(z.number().positive().max(1e6).default(1), {
    en: 'Weight of the matched layer in the objective.',
    'zh-CN': '匹配层在目标中的权重。',
    symbol: '\\beta',
  }),
})

/**
 * Objective α·L(labels) + (1 − α)·T²·KL(teacher ‖ student), both softened by the temperature T. Source: Hinton, Vinyals &
 * Dean (2015), Distilling the Knowledge in a Neural Network, arXiv:1503.02531, section 2.
 */
export const distillationSchema = z.strictObject({
  teacher: field(z.union([runTeacherSchema, onnxTeacherSchema]), {
    en: 'Who teaches: {"run": id} of this machine, or {"kind": "onnx", "file": path}.',
    'zh-CN': '教师模型：本机的运行 {"run": id}，或 {"kind": "onnx", "file": 路径}。',
  }),
  alpha: field(z.number().min(0).max(1).default(0.5), {
    en: 'Weight of the labels against the teacher: 1 learns from labels alone, 0 from the teacher alone.',
    'zh-CN': '标签相对教师的权重：1 只学标签，0 只学教师。',
    symbol: '\\alpha',
  }),
  temperature: field(z.number().positive().max(1000).default(4), {
    en: 'Softens the answers of both before they are compared: the higher, the more the unlikely classes count.',
    'zh-CN': '比较之前软化双方输出的温度：越高，低概率类别的影响越大。',
    symbol: 'T',
  }),
  feature: field(featureSchema.optional(), {
    en: 'Also matches a layer inside the student with one of the teacher’s. Left out: the answers alone.',
    'zh-CN': '同时让学生的一个中间层匹配教师的一个层。省略时只匹配输出。',
  }),
})

export type FeatureDocument = z.output<typeof featureSchema>
export type DistillationDocument = z.output<typeof distillationSchema>
