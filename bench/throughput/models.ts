/** The reference models M1 … M4 as documents; the peers build the same in their own words. */

/** Files that `writeData` makes and every contestant reads. */
export type DataStem = 'flat' | 'image' | 'toy'

export interface ReferenceModel {
  readonly name: string
  readonly batchSize: number
  readonly stem: DataStem
  readonly document: object
}

const relu = (units: number) => ({ type: 'dense', units, activation: 'relu' })
const tanh = (units: number) => ({ type: 'dense', units, activation: 'tanh' })
const softmax = { type: 'dense', units: 10, activation: 'softmax' }

function convolution(filters: number, batchNorm: boolean): object[] {
  const conv = { type: 'conv2d', filters, kernelSize: 3, padding: 'same' }
  const pool = { type: 'maxPooling2d', poolSize: 2 }
  return batchNorm ? [conv, { type: 'batchNormalization', dialect: 'pytorch' }, { type: 'activation', activation: 'relu' }, pool] : [{ ...conv, activation: 'relu' }, pool]
}

function model(name: string, batchSize: number, stem: DataStem, layers: readonly object[]): ReferenceModel {
  const toy = stem === 'toy'
  const document = {
    format: 1,
    name,
    dataset: { type: 'npy', features: `${stem}-x.npy`, targets: `${stem}-y.npy`, split: { validation: 0 }, preprocess: { features: 'none' } },
    model: { nodes: layers },
    training: {
      loss: toy ? 'meanSquaredError' : 'categoricalCrossentropy',
      optimizer: toy ? { type: 'sgd', dialect: 'pytorch', learningRate: 0.01 } : { type: 'adam', dialect: 'pytorch', learningRate: 0.001 },
      batchSize,
      epochs: 1_000_000,
      checkpointSeconds: 86_400,
    },
  }
  return { name, batchSize, stem, document }
}

const m1 = [relu(128), { type: 'dropout', rate: 0.2 }, softmax]
const cnn = (batchNorm: boolean): object[] => [...convolution(32, batchNorm), ...convolution(64, batchNorm), { type: 'flatten' }, relu(128), softmax]

export const referenceModels: readonly ReferenceModel[] = [
  model('M1', 32, 'flat', m1),
  model('M1b', 128, 'flat', m1),
  model('M2', 128, 'flat', [relu(512), relu(512), softmax]),
  model('M3', 64, 'image', cnn(false)),
  model('M3b', 64, 'image', cnn(true)),
  model('M4', 32, 'toy', [tanh(8), tanh(8), { type: 'dense', units: 1 }]),
]
