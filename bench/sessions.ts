import { buildPlan, evaluateProgram, trainProgram } from '@shared/compile'
import type { Program } from '@shared/compile'
import { sizeOf } from '@shared/graph'
import { need, parseDocument } from '@shared/spec'
import { openDevice } from '@main/engines'
import { median } from './throughput/report'

/**
 * Seconds from a checked document to a program that can run, of the train program and of the evaluate program: planning,
 * differentiation, writing the ONNX model, loading it. `npm run bench -- sessions [STEPS,STEPS…]`; the steps are the
 * lengths of the sequences (64, 128, 256, 512).
 */
const ROUNDS = 3
const BATCH = 32
const FEATURES = 16

const recurrent = (type: string, options: object = {}): readonly object[] => [{ type, units: 64, ...options }]
const attention = (): readonly object[] => [
  { type: 'positionalEncoding', kind: 'learned' },
  { type: 'multiHeadAttention', heads: 4, causal: true },
  { type: 'layerNormalization', over: 'features' },
  { type: 'dense', units: 64, activation: 'gelu' },
  { type: 'globalAveragePooling1d' },
]
const cnn = (): readonly object[] => [
  ...Array.from({ length: 16 }, () => [{ type: 'conv2d', filters: 64, kernelSize: 3, padding: 'same' }, { type: 'batchNormalization' }, { type: 'activation', activation: 'relu' }]).flat(),
  { type: 'globalAveragePooling2d' },
]

interface Case {
  readonly name: string
  readonly sample: readonly number[]
  readonly layers: readonly object[]
}

const steps = (process.argv[2] ?? '64,128,256,512').split(',').map(Number)
const cases: readonly Case[] = [
  ...steps.flatMap((length) =>
    [
      { name: 'simple RNN', layers: recurrent('simpleRnn') },
      { name: 'LSTM', layers: recurrent('lstm') },
      { name: 'GRU, both directions', layers: recurrent('gru', { bidirectional: true }) },
      { name: 'attention', layers: [{ type: 'dense', units: 64 }, ...attention()] },
    ].map(({ name, layers }) => ({ name: `${name}, ${length} steps`, sample: [length, FEATURES], layers })),
  ),
  { name: '16 convolutions, 32×32', sample: [3, 32, 32], layers: cnn() },
]

for (const each of cases) {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await seconds(each))
  console.log(`${each.name.padEnd(32)} ${median(rounds).toFixed(2)} s (${Math.min(...rounds).toFixed(2)}–${Math.max(...rounds).toFixed(2)})`)
}

async function seconds({ sample, layers }: Case): Promise<number> {
  const nodes = [...layers, { type: 'dense', units: 10, activation: 'softmax' }]
  const document = need(
    parseDocument({
      format: 1,
      name: 'session',
      dataset: { type: 'npy', features: 'x.npy', targets: 'y.npy' },
      model: { nodes },
      training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: 'adam', batchSize: BATCH, epochs: 1 },
    }),
  )
  const began = performance.now()
  const target = { kind: 'class', classes: 10, classNames: Array.from({ length: 10 }, (_, label) => String(label)) } as const
  const plan = need(buildPlan(document, { sample, target }))
  const programs: readonly Program[] = [trainProgram(plan, BATCH), evaluateProgram(plan, BATCH)]
  const state = programs[0].state.map((entry) => ({ entry, value: new Float32Array(sizeOf(entry.shape)) }))
  const rows = 2 * BATCH
  const tables = new Map<string, { readonly rows: number; readonly rowShape: readonly number[]; readonly data: Float32Array | Int32Array }>([
    ['train.features', { rows, rowShape: sample, data: new Float32Array(rows * sizeOf(sample)) }],
    ['train.targets', { rows, rowShape: [], data: new Int32Array(rows) }],
  ])
  const { session } = need(await openDevice('onnx-cpu', { threads: 2, tables, state }))
  try {
    for (const program of programs) await session.prepare(program, 'train')
    return (performance.now() - began) / 1000
  } finally {
    await session.dispose()
  }
}
