import { describe, expect, test } from 'vitest'
import type { EngineSession, StepBatch } from '@main/engines/engine'
import { onnxEngine } from '@main/engines/onnx'
import { interpret, selfTest, selfTestOptions, selfTestProgram } from '@main/engines/self-test'
import type { Program } from '@shared/compile/program'
import { add, Graph, log, matmul, mul, reduceSum } from '@shared/graph'
import { randomSource } from '@shared/lib/random'

const ROWS = 10
const STEPS = 12

/** Steps of the self-test's program with dropout keys and shuffled rows of their own. */
function batchOf(count: number, batchSize: number): StepBatch {
  const random = randomSource('session test')
  return {
    count,
    rows: Int32Array.from({ length: count * batchSize }, () => random.integer(ROWS)),
    inputs: {
      learningRate: Float32Array.from({ length: count }, () => 0.05 + 0.1 * random.uniform()),
      dropout: Int32Array.from({ length: count * 2 }, () => random.bits()),
    },
  }
}

function part({ rows, inputs }: StepBatch, start: number, count: number, batchSize: number): StepBatch {
  return {
    count,
    rows: rows.slice(start * batchSize, (start + count) * batchSize),
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, values]) => {
        const width = values.length / STEPS
        return [name, values.slice(start * width, (start + count) * width)]
      }),
    ),
  }
}

function firstSteps(inputs: StepBatch['inputs'], count: number, of: number): StepBatch['inputs'] {
  return Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, values.slice(0, (values.length / of) * count)]))
}

async function withSession<T>(threads: number, body: (session: EngineSession) => Promise<T>): Promise<T> {
  const session = await onnxEngine.open({ ...selfTestOptions('onnx-cpu'), threads })
  try {
    return await body(session)
  } finally {
    await session.dispose()
  }
}

/** The bytes of all losses and of the state afterwards, with the steps grouped so. */
async function train(groups: readonly number[], threads: number): Promise<string> {
  const program = selfTestProgram()
  const whole = batchOf(STEPS, program.batchSize)
  return await withSession(threads, async (session) => {
    const execution = await session.prepare(program, 'train')
    const losses: number[] = []
    let start = 0
    for (const count of groups) {
      losses.push(...(await execution.run(part(whole, start, count, program.batchSize))).loss)
      start += count
    }
    return JSON.stringify([hex(Float32Array.from(losses)), [...(await session.readState())].map(([name, value]) => [name, hex(value)])])
  })
}

function hex({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('hex')
}

test('passes the self-test of the devices', async () => {
  expect(await selfTest((options) => onnxEngine.open(options), 'onnx-cpu')).toEqual([])
})

test('lists the processor as available, with the library\'s version', async () => {
  const [cpu] = await onnxEngine.devices((id) => id === 'onnx-cpu')
  expect(cpu).toMatchObject({ id: 'onnx-cpu', available: true, reasons: [], version: await onnxEngine.version() })
  expect(cpu.version).toMatch(/^\d+\.\d+\.\d+$/)
})

describe.each([1, 2])('with %i threads', (threads) => {
  test('the same steps give the same bytes, however they are grouped', async () => {
    const together = await train([STEPS], threads)
    expect(await train([STEPS], threads)).toBe(together)
    expect(await train(new Array<number>(STEPS).fill(1), threads)).toBe(together)
    expect(await train([7, 1, 4], threads)).toBe(together)
  })
})

test('a batch of the whole table in its own order equals the gathered one byte by byte', async () => {
  const program = selfTestProgram()
  const { batchSize } = program
  const { inputs } = batchOf(3, batchSize)
  const natural = Array.from({ length: 2 * batchSize }, (_, at) => at % batchSize)
  // The third step is out of order, so that the whole call gathers.
  const mixed = Int32Array.from([...natural, ...natural.slice(0, batchSize).reverse()])
  const whole = selfTestOptions('onnx-cpu')
  const tables = new Map([...whole.tables].map(([name, table]) => [name, { ...table, rows: batchSize, data: table.data.slice(0, (table.data.length / ROWS) * batchSize) }]))
  const session = await onnxEngine.open({ ...whole, tables })
  const start = await session.readState()
  const execution = await session.prepare(program, 'train')
  const taken = Array.from((await execution.run({ count: 2, rows: Int32Array.from(natural), inputs: firstSteps(inputs, 2, 3) })).loss)
  await session.writeState(start)
  const gathered = Array.from((await execution.run({ count: 3, rows: mixed, inputs })).loss)
  expect(taken).toEqual(gathered.slice(0, 2))
  const expected = interpret(program, 'train', { ...whole, tables }, { count: 3, rows: mixed, inputs }).outputs.loss
  gathered.forEach((loss, step) => expect(loss).toBeCloseTo(expected[step], 4))
  await session.dispose()
})

test('programs of one session share its state, and evaluation leaves it as it is', async () => {
  const trainProgram = selfTestProgram()
  const { graph, state, rows, steps, outputs, batchSize } = trainProgram
  const evaluation: Program = { kind: 'evaluate', graph, batchSize, rows, steps, outputs, state: state.map((entry) => ({ ...entry, next: null })) }
  await withSession(1, async (session) => {
    const training = await session.prepare(trainProgram, 'train')
    const evaluating = await session.prepare(evaluation, 'train')
    await training.run(batchOf(3, batchSize))
    const before = await session.readState()
    const losses = Float32Array.from((await evaluating.run(batchOf(5, batchSize))).loss)
    expect(await session.readState()).toEqual(before)
    const options = { ...selfTestOptions('onnx-cpu'), state: state.map((entry) => ({ entry, value: before.get(entry.name) ?? new Float32Array() })) }
    const expected = interpret(evaluation, 'train', options, batchOf(5, batchSize)).outputs.loss
    Array.from(expected).forEach((loss, at) => expect(losses[at]).toBeCloseTo(loss, 5))
    await evaluating.dispose()
    await training.run(batchOf(1, batchSize))
    expect(await session.readState()).not.toEqual(before)
  })
})

test('state that is written is the state that trains on; copies are handed out', async () => {
  const program = selfTestProgram()
  await withSession(1, async (session) => {
    const execution = await session.prepare(program, 'train')
    const start = await session.readState()
    const first = Float32Array.from((await execution.run(batchOf(STEPS, program.batchSize))).loss)
    const after = await session.readState()
    after.get('output.bias')?.fill(NaN)
    await session.writeState(start)
    const again = Float32Array.from((await execution.run(batchOf(STEPS, program.batchSize))).loss)
    expect(again).toEqual(first)
    await expect(session.writeState(new Map([['nothing', new Float32Array(1)]]))).rejects.toThrow('no state nothing')
    await expect(session.writeState(new Map([['output.bias', new Float32Array(1)]]))).rejects.toThrow('output.bias')
  })
})

test('a dispatch that overlaps another of its session throws, and harms nothing', async () => {
  const program = selfTestProgram()
  await withSession(1, async (session) => {
    const execution = await session.prepare(program, 'train')
    const first = execution.run(batchOf(2, program.batchSize))
    await expect(execution.run(batchOf(1, program.batchSize))).rejects.toThrow('still running')
    await first
    await execution.run(batchOf(1, program.batchSize))
  })
})

test('batches that do not fit throw', async () => {
  const program = selfTestProgram()
  const good = batchOf(2, program.batchSize)
  await withSession(1, async (session) => {
    const execution = await session.prepare(program, 'train')
    await expect(execution.run({ ...good, count: 0 })).rejects.toThrow('at least one step')
    await expect(execution.run({ ...good, count: 3 })).rejects.toThrow(`${good.rows.length} row numbers for 3 steps`)
    await expect(execution.run({ ...good, rows: good.rows.map(() => ROWS) })).rejects.toThrow(`row ${ROWS} of a table of ${ROWS}`)
    await expect(execution.run({ ...good, rows: good.rows.map(() => -1) })).rejects.toThrow('row -1')
    await expect(execution.run({ ...good, inputs: { dropout: good.inputs.dropout } })).rejects.toThrow('learningRate is missing')
    await expect(execution.run({ ...good, inputs: { ...good.inputs, learningRate: new Float32Array(3) } })).rejects.toThrow('learningRate has 3')
    await expect(execution.run({ ...good, inputs: { ...good.inputs, learningRate: new Int32Array(2) } })).rejects.toThrow('must be float32')
    await expect(session.prepare(program, 'validation')).rejects.toThrow('no table validation.features')
  })
})

describe('findNonFinite', () => {
  test('finds nothing in a healthy step, and leaves the state as it is', async () => {
    const program = selfTestProgram()
    await withSession(1, async (session) => {
      const before = await session.readState()
      expect(await session.findNonFinite(program, 'train', batchOf(1, program.batchSize))).toBeNull()
      expect(await session.readState()).toEqual(before)
    })
  })

  test('names the first tensor in graph order', async () => {
    const { program, open } = logarithmProgram(Float32Array.of(1, 2, 0, 4))
    const session = await open()
    const step = (row: number): StepBatch => ({ count: 1, rows: Int32Array.of(row, row), inputs: {} })
    expect(await session.findNonFinite(program, 'train', step(1))).toBeNull()
    expect(await session.findNonFinite(program, 'train', step(2))).toEqual({ scope: 'model/first', op: 'log' })
    await session.writeState(new Map([['w', Float32Array.of(Infinity)]]))
    expect(await session.findNonFinite(program, 'train', step(1))).toEqual({ scope: 'w', op: 'input' })
    await session.dispose()
  })
})

/** output = Σ 2 · log(features) · w, whose log is −Inf where a feature is 0. */
function logarithmProgram(features: Float32Array): { program: Program; open: () => Promise<EngineSession> } {
  const graph = new Graph()
  const x = graph.input('features', 'float32', [2, 1])
  const w = graph.input('w', 'float32', [1, 1])
  const output = graph.scoped('model', () => {
    const logs = graph.scoped('first', () => log(x))
    return graph.scoped('second', () => reduceSum(matmul(add(logs, mul(logs, 1)), w), { axes: [0, 1] }))
  })
  const entry = { name: 'w', shape: [1, 1], views: [{ name: 'w', shape: [1, 1], offset: 0 }] }
  const program: Program = {
    kind: 'evaluate',
    batchSize: 2,
    graph,
    state: [{ ...entry, tensor: w, next: null }],
    rows: [{ table: 'features', tensor: x }],
    steps: [],
    outputs: [{ name: 'output', tensor: output }],
  }
  const tables = new Map([['train.features', { rows: features.length, rowShape: [1], data: features }]])
  return { program, open: () => onnxEngine.open({ device: 'onnx-cpu', threads: 1, tables, state: [{ entry, value: Float32Array.of(1) }] }) }
}
