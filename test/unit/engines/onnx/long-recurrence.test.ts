import { expect, test } from 'vitest'
import { onnxEngine } from '@main/engines/onnx'
import { loopModel } from '@main/engines/onnx/program/loop'
import { interpret } from '@main/engines/self-test'
import { buildPlan, initialState, stepInputs, trainProgram } from '@shared/compile'
import { randomSource } from '@shared/lib/random'
import { need, parseDocument } from '@shared/spec'

const STEPS = 300
const BATCH = 2
const ROWS = 4

/** A program of recurrent layers in a row, and both ways. */
function planOf(steps: number) {
  const nodes = [{ type: 'lstm', units: 2, returnSequences: true }, { type: 'gru', units: 2, bidirectional: true }, { type: 'dense', units: 3, activation: 'softmax' }]
  const dataset = { type: 'npy', features: 'x.npy', targets: 'y.npy' }
  const document = need(parseDocument({ format: 1, name: 'long', dataset, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.5 }, batchSize: BATCH, epochs: 1 } }))
  return need(buildPlan(document, { sample: [steps, 1], target: { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } }))
}

test('a long recurrence’s model is that of a short one, with larger numbers in it', () => {
  const [short, long] = [8, 512].map((steps) => loopModel(trainProgram(planOf(steps), BATCH), { tableRows: ROWS, access: 'gather', block: null }).length)
  expect(Math.abs(long / short - 1)).toBeLessThan(0.02)
})

test('a recurrence over many steps trains as the reference does', async () => {
  const plan = planOf(STEPS)
  const program = trainProgram(plan, BATCH)
  const random = randomSource('long')
  const start = initialState(plan, program.state, 1)
  const options = {
    device: 'onnx-cpu',
    threads: 1,
    tables: new Map([
      ['train.features', { rows: ROWS, rowShape: [STEPS, 1], data: Float32Array.from({ length: ROWS * STEPS }, () => random.normal()) }],
      ['train.targets', { rows: ROWS, rowShape: [], data: Int32Array.of(0, 2, 1, 1) }],
    ]),
    state: program.state.map((entry) => ({ entry, value: start.get(entry.name) ?? new Float32Array() })),
  }
  const batch = { count: 2, rows: Int32Array.of(3, 0, 1, 2), inputs: stepInputs(program, 0, 2, { seed: 1, optimizer: plan.optimizer, rate: () => 0.5 }) }
  const session = await onnxEngine.open(options)
  try {
    const { loss } = await (await session.prepare(program, 'train')).run(batch)
    const expected = interpret(program, 'train', options, batch)
    Array.from(loss).forEach((value, step) => expect(value).toBeCloseTo(expected.outputs.loss[step], 5))
    for (const [name, values] of await session.readState()) Array.from(values, (value, at) => expect(value).toBeCloseTo(expected.state[name][at], 5))
  } finally {
    await session.dispose()
  }
})
