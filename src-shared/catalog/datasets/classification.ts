import { z } from 'zod'
import type { RawData } from '@shared/data/types'
import { permutation, type RandomSource } from '@shared/lib/random'
import { refuse } from '@shared/spec/issue'
import { field, type OptionsOf } from '../definition'
import { MAX_VALUES, type GeneratedDataset } from './dataset'
import { numbered } from './points'

const count = z.int().min(0).max(10_000)

const options = z.strictObject({
  samples: field(z.int().min(2).max(1_000_000).default(1000), { en: 'Rows to generate.', 'zh-CN': '生成的行数。', symbol: 'n', unit: 'rows' }),
  features: field(count.min(1).default(20), { en: 'Features in all; those of no other kind are pure noise.', 'zh-CN': '特征总数；不属于其他种类的特征为纯噪声。', symbol: 'd' }),
  informative: field(count.min(1).default(2), { en: 'Features that carry the classes.', 'zh-CN': '携带类别信息的特征数。' }),
  redundant: field(count.default(2), { en: 'Features that are random linear combinations of the informative ones.', 'zh-CN': '由有效特征随机线性组合而成的特征数。' }),
  repeated: field(count.default(0), { en: 'Features that are copies of informative and redundant ones.', 'zh-CN': '复制自有效特征和冗余特征的特征数。' }),
  classes: field(z.int().min(2).max(1000).default(2), { en: 'Number of classes.', 'zh-CN': '类别数。', symbol: 'C' }),
  clustersPerClass: field(z.int().min(1).max(1000).default(2), { en: 'Normal clusters per class.', 'zh-CN': '每个类别的正态簇数。' }),
  weights: field(z.array(z.number().min(0).max(1)).optional(), {
    en: 'Share of the rows of each class; the last may be left out. Default: equal.',
    'zh-CN': '各类别所占的行比例，最后一个可省略。默认：相等。',
  }),
  flipY: field(z.number().min(0).max(1).default(0.01), { en: 'Share of the rows whose class is drawn at random: label noise.', 'zh-CN': '类别被随机重取的行的比例：标签噪声。' }),
  classSep: field(z.number().min(0).default(1), { en: 'Half the side of the hypercube whose corners hold the clusters; larger is easier.', 'zh-CN': '簇所在超立方体边长的一半；越大越容易。', symbol: 's' }),
  hypercube: field(z.boolean().default(true), { en: 'Clusters at the corners of a hypercube; otherwise of a random polytope.', 'zh-CN': '簇位于超立方体的顶点；否则位于随机多面体的顶点。' }),
  shift: field(z.union([z.number(), z.literal('random')]).default(0), { en: 'Added to every feature, or "random" within ±classSep per feature.', 'zh-CN': '加到每个特征上的值；"random" 表示每个特征在 ±classSep 内随机取值。' }),
  scale: field(z.union([z.number(), z.literal('random')]).default(1), { en: 'Factor of every feature after the shift, or "random" in 1…101 per feature.', 'zh-CN': '平移后每个特征所乘的系数；"random" 表示每个特征在 1…101 内随机取值。' }),
  shuffle: field(z.boolean().default(true), { en: 'Shuffle rows and features; otherwise rows stand by cluster and features by kind.', 'zh-CN': '打乱行和特征；否则行按簇、特征按种类排列。' }),
})

type Options = OptionsOf<GeneratedDataset<typeof options>>

export const classification: GeneratedDataset<typeof options> = {
  type: 'classification',
  kind: 'generated',
  options,
  preprocess: { features: 'standardize' },
  title: { en: 'Random classification problem', 'zh-CN': '随机分类问题' },
  help: {
    en: 'Normal clusters at the corners of a hypercube, with redundant, repeated and useless features and label noise. The parameters and construction of scikit-learn’s make_classification (other random numbers).',
    'zh-CN': '位于超立方体顶点的正态簇，带有冗余、重复、无用特征和标签噪声。参数与构造同 scikit-learn 的 make_classification（随机数不同）。',
  },
  formula: String.raw`x = A_k z + c_k,\quad z \sim N(0, I),\ A_k \sim U(-1, 1),\ c_k \in \{-s, s\}^{\text{informative}}`,
  source: 'scikit-learn, sklearn.datasets.make_classification; after I. Guyon: Design of experiments for the NIPS 2003 variable selection benchmark, 2003',
  generate: (given, random) => {
    const kinds = checked(given)
    const x = new Float64Array(given.samples * given.features)
    const labels = new Int32Array(given.samples)
    fillInformative(x, labels, given, kinds.perCluster, random)
    fillDerived(x, given, random)
    flipLabels(labels, given, random)
    shiftAndScale(x, given, random)
    return asTable(x, labels, given, random)
  },
}

/** Refuses options that contradict each other; else the rows of every cluster. */
function checked(given: Options): { readonly perCluster: readonly number[] } {
  const { samples, features, informative, redundant, repeated, classes, clustersPerClass } = given
  const used = informative + redundant + repeated
  if (used > features) refuse('classification-features', ['dataset', 'features'], { features, used })
  const clusters = classes * clustersPerClass
  if (clusters > 2 ** informative) refuse('classification-informative', ['dataset', 'informative'], { clusters, informative, corners: 2 ** informative, needed: Math.ceil(Math.log2(clusters)) })
  if (samples * features > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows: samples, features, limit: MAX_VALUES })
  const weights = classWeights(given)
  const perCluster = Array.from({ length: clusters }, (_, cluster) => Math.floor((samples * weights[cluster % classes]) / clustersPerClass))
  const missing = samples - perCluster.reduce((sum, rows) => sum + rows, 0)
  for (let extra = 0; extra < missing; extra++) perCluster[extra % clusters]++
  return { perCluster }
}

function classWeights({ weights, classes }: Options): readonly number[] {
  if (weights === undefined) return Array.from({ length: classes }, () => 1 / classes)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const complete = weights.length === classes - 1 ? [...weights, Math.max(0, 1 - total)] : weights
  if (complete.length !== classes || total > 1 + 1e-9) refuse('classification-weights', ['dataset', 'weights'], { given: weights.length, classes, total: Number(total.toFixed(6)) })
  return complete
}

/** Each cluster: normal points through its own random matrix, around its own corner. Classes take turns. */
function fillInformative(x: Float64Array, labels: Int32Array, given: Options, perCluster: readonly number[], random: RandomSource): void {
  const { features, informative, classes, classSep, hypercube } = given
  const corners = distinctCorners(perCluster.length, informative, random)
  const axisFactors = Float64Array.from({ length: informative }, () => (hypercube ? 1 : random.uniform()))
  const point = new Float64Array(informative)
  let row = 0
  perCluster.forEach((rows, cluster) => {
    const factor = hypercube ? 1 : random.uniform()
    const center = corners[cluster].map((side, axis) => classSep * (2 * side - 1) * factor * axisFactors[axis])
    const matrix = Float64Array.from({ length: informative * informative }, () => 2 * random.uniform() - 1)
    for (const end = row + rows; row < end; row++) {
      for (let axis = 0; axis < informative; axis++) point[axis] = random.normal()
      for (let axis = 0; axis < informative; axis++) {
        let value = center[axis]
        for (let from = 0; from < informative; from++) value += point[from] * matrix[from * informative + axis]
        x[row * features + axis] = value
      }
      labels[row] = cluster % classes
    }
  })
}

/** Different corners of the unit hypercube, as 0/1 coordinates. */
function distinctCorners(wanted: number, axes: number, random: RandomSource): number[][] {
  // Beyond 30 axes the first 30 are distinct already.
  const coded = Math.min(axes, 30)
  const codes = coded <= 16 ? [...permutation(2 ** coded, random).subarray(0, wanted)] : drawDistinct(wanted, 2 ** coded, random)
  return codes.map((code) => Array.from({ length: axes }, (_, axis) => (axis < coded ? (code >>> axis) & 1 : random.integer(2))))
}

function drawDistinct(wanted: number, bound: number, random: RandomSource): number[] {
  const drawn = new Set<number>()
  while (drawn.size < wanted) drawn.add(random.integer(bound))
  return [...drawn]
}

/** Redundant, repeated and useless features, in this order after the informative ones. */
function fillDerived(x: Float64Array, { samples, features, informative, redundant, repeated }: Options, random: RandomSource): void {
  const mixing = Float64Array.from({ length: informative * redundant }, () => 2 * random.uniform() - 1)
  const original = informative + redundant
  const copies = Array.from({ length: repeated }, () => Math.floor((original - 1) * random.uniform() + 0.5))
  for (let row = 0; row < samples; row++) {
    const start = row * features
    for (let target = 0; target < redundant; target++) {
      let value = 0
      for (let from = 0; from < informative; from++) value += x[start + from] * mixing[from * redundant + target]
      x[start + informative + target] = value
    }
    copies.forEach((from, at) => (x[start + original + at] = x[start + from]))
    for (let at = original + repeated; at < features; at++) x[start + at] = random.normal()
  }
}

function flipLabels(labels: Int32Array, { flipY, classes }: Options, random: RandomSource): void {
  for (let row = 0; row < labels.length; row++) if (random.uniform() < flipY) labels[row] = random.integer(classes)
}

function shiftAndScale(x: Float64Array, { features, shift, scale, classSep }: Options, random: RandomSource): void {
  const shifts = Array.from({ length: features }, () => (shift === 'random' ? (2 * random.uniform() - 1) * classSep : shift))
  const scales = Array.from({ length: features }, () => (scale === 'random' ? 1 + 100 * random.uniform() : scale))
  for (let at = 0; at < x.length; at++) x[at] = (x[at] + shifts[at % features]) * scales[at % features]
}

function asTable(x: Float64Array, labels: Int32Array, { samples, features, classes, shuffle }: Options, random: RandomSource): RawData {
  const identity = (size: number): Int32Array => Int32Array.from({ length: size }, (_, at) => at)
  const rows = shuffle ? permutation(samples, random) : identity(samples)
  const order = shuffle ? permutation(features, random) : identity(features)
  return {
    rows: samples,
    features: {
      kind: 'columns',
      columns: Array.from(order, (from, at) => ({ kind: 'numeric', name: `x${at + 1}`, values: Float64Array.from(rows, (row) => x[row * features + from]) })),
    },
    targets: { kind: 'class', labels: Int32Array.from(rows, (row) => labels[row]), classNames: numbered(classes) },
  }
}
