/** The reference models M1 … M6, an LSTM and a transformer (TF) as documents; the peers build the same in their own words. */

/** Files that `writeData` makes and every contestant reads. */
export type DataStem = 'flat' | 'image' | 'toy' | 'tokens' | 'color' | 'wide'

export interface ReferenceModel {
  readonly name: string
  readonly batchSize: number
  readonly stem: DataStem
  readonly document: object
  /** Made for GPUs: trained only when asked for by name. */
  readonly large: boolean
}

const relu = (units: number) => ({ type: 'dense', units, activation: 'relu' })
const tanh = (units: number) => ({ type: 'dense', units, activation: 'tanh' })
const softmax = { type: 'dense', units: 10, activation: 'softmax' }

function convolution(filters: number, batchNorm: boolean): object[] {
  const conv = { type: 'conv2d', filters, kernelSize: 3, padding: 'same' }
  const pool = { type: 'maxPooling2d', poolSize: 2 }
  return batchNorm ? [conv, { type: 'batchNormalization', dialect: 'pytorch' }, { type: 'activation', activation: 'relu' }, pool] : [{ ...conv, activation: 'relu' }, pool]
}

function model(name: string, batchSize: number, stem: DataStem, layers: readonly object[], edges?: readonly (readonly [string, string])[]): ReferenceModel {
  const toy = stem === 'toy'
  const document = {
    format: 1,
    name,
    dataset: { type: 'npy', features: `${stem}-x.npy`, targets: `${stem}-y.npy`, split: { validation: 0 }, preprocess: { features: 'none' } },
    model: { nodes: layers, ...(edges === undefined ? {} : { edges }) },
    training: {
      loss: toy ? 'meanSquaredError' : 'categoricalCrossentropy',
      optimizer: toy ? { type: 'sgd', dialect: 'pytorch', learningRate: 0.01 } : { type: 'adam', dialect: 'pytorch', learningRate: 0.001 },
      batchSize,
      epochs: 1_000_000,
      checkpointSeconds: 86_400,
    },
  }
  return { name, batchSize, stem, document, large: stem === 'color' || stem === 'wide' }
}

/** ResNet-18 for small images: a 3×3 convolution, four stages of two basic blocks, global average, ten classes. */
function makeResnet(): { readonly nodes: readonly object[]; readonly edges: readonly (readonly [string, string])[] } {
  const nodes: object[] = [{ id: 'input', type: 'input' }]
  const edges: [string, string][] = []
  const append = (id: string, node: object, ...from: readonly string[]): string => {
    nodes.push({ id, ...node })
    for (const each of from) edges.push([each, id])
    return id
  }
  const unit = (id: string, from: string, filters: number, kernelSize: number, strides: number, activation: boolean): string => {
    const convolved = append(`${id}-conv`, { type: 'conv2d', filters, kernelSize, strides, padding: 'same', useBias: false }, from)
    const normal = append(`${id}-norm`, { type: 'batchNormalization', dialect: 'pytorch' }, convolved)
    return activation ? append(`${id}-relu`, { type: 'activation', activation: 'relu' }, normal) : normal
  }
  let last = unit('stem', 'input', 64, 3, 1, true)
  for (const [stage, filters] of [64, 128, 256, 512].entries()) {
    for (const block of [0, 1]) {
      const id = `s${stage}b${block}`
      const strides = stage > 0 && block === 0 ? 2 : 1
      const inner = unit(`${id}-second`, unit(`${id}-first`, last, filters, 3, strides, true), filters, 3, 1, false)
      const shortcut = strides === 1 ? last : unit(`${id}-short`, last, filters, 1, strides, false)
      last = append(`${id}-out`, { type: 'activation', activation: 'relu' }, append(`${id}-add`, { type: 'add' }, inner, shortcut))
    }
  }
  append('classes', softmax, append('average', { type: 'globalAveragePooling2d' }, last))
  return { nodes, edges }
}

const m1 = [relu(128), { type: 'dropout', rate: 0.2 }, softmax]
const cnn = (batchNorm: boolean): object[] => [...convolution(32, batchNorm), ...convolution(64, batchNorm), { type: 'flatten' }, relu(128), softmax]

/** Width 128, four heads, 64 steps; two blocks with the norms first. */
const WIDTH = 128

function transformer(blocks: number): { readonly nodes: object[]; readonly edges: [string, string][] } {
  const nodes: object[] = [
    { id: 'in', type: 'input' },
    { id: 'embedding', type: 'embedding', inputDim: 64, outputDim: WIDTH },
    { id: 'positions', type: 'positionalEncoding', kind: 'learned' },
  ]
  const edges: [string, string][] = [['in', 'embedding'], ['embedding', 'positions']]
  let last = 'positions'
  for (let index = 1; index <= blocks; index++) {
    const id = (name: string): string => `${name}${index}`
    nodes.push(
      { id: id('normA'), type: 'layerNormalization', over: 'features' },
      { id: id('attention'), type: 'multiHeadAttention', heads: 4, causal: true },
      { id: id('sumA'), type: 'add' },
      { id: id('normB'), type: 'layerNormalization', over: 'features' },
      { id: id('widen'), type: 'dense', units: 4 * WIDTH, activation: 'gelu' },
      { id: id('narrow'), type: 'dense', units: WIDTH },
      { id: id('sumB'), type: 'add' },
    )
    edges.push([last, id('normA')], [id('normA'), id('attention')], [last, id('sumA')], [id('attention'), id('sumA')], [id('sumA'), id('normB')], [id('normB'), id('widen')], [id('widen'), id('narrow')], [id('sumA'), id('sumB')], [id('narrow'), id('sumB')])
    last = id('sumB')
  }
  nodes.push({ id: 'norm', type: 'layerNormalization', over: 'features' }, { id: 'mean', type: 'globalAveragePooling1d' }, { id: 'output', ...softmax })
  edges.push([last, 'norm'], ['norm', 'mean'], ['mean', 'output'])
  return { nodes, edges }
}

const tf = transformer(2)

const resnet = makeResnet()

export const referenceModels: readonly ReferenceModel[] = [
  model('M1', 32, 'flat', m1),
  model('M1b', 128, 'flat', m1),
  model('M2', 128, 'flat', [relu(512), relu(512), softmax]),
  model('M3', 64, 'image', cnn(false)),
  model('M3b', 64, 'image', cnn(true)),
  model('LSTM', 64, 'image', [{ type: 'reshape', shape: [28, 28] }, { type: 'lstm', units: 128 }, softmax]),
  model('TF', 32, 'tokens', tf.nodes, tf.edges),
  model('M5', 128, 'color', resnet.nodes, resnet.edges),
  model('M6', 512, 'wide', [relu(4096), relu(4096), softmax]),
  model('M4', 32, 'toy', [tanh(8), tanh(8), { type: 'dense', units: 1 }]),
]
