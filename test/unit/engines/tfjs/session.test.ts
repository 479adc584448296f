import * as tf from '@tensorflow/tfjs-core'
import type { Program, StateEntry } from '@shared/compile/program'
import { add, div, Graph, log, mul, reduceSum, sub } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import { describe, expect, test } from 'vitest'
import type { EngineSession, SessionOptions, StepBatch, StepOutputs } from '@main/engines/engine'
import { selfTestBatch, selfTestOptions, selfTestProgram } from '@main/engines/self-test'
import { openSession } from '@main/engines/tfjs/session'
import { devices, sessionFor } from './case-program'

const program = selfTestProgram()
const whole = selfTestBatch()

/** Steps first … first + count − 1 of the self-test's batch. */
function part(first: number, count: number): StepBatch {
  const cut = <A extends Float32Array | Int32Array>(all: A): A => {
    const size = all.length / whole.count
    return all.slice(first * size, (first + count) * size) as A
  }
  return { count, rows: cut(whole.rows), inputs: { learningRate: cut(whole.inputs.learningRate), dropout: cut(whole.inputs.dropout) } }
}

async function withSession<T>(options: SessionOptions, body: (session: EngineSession) => Promise<T>): Promise<T> {
  const session = await sessionFor(options)
  try {
    return await body(session)
  } finally {
    await session.dispose()
  }
}

/** Losses and the last state of runs of these lengths one after another. */
function train(device: string, ...counts: readonly number[]): Promise<{ loss: number[]; state: Map<string, Float32Array> }> {
  return withSession(selfTestOptions(device), async (session) => {
    const execution = await session.prepare(program, 'train')
    const loss: number[] = []
    let first = 0
    for (const count of counts) {
      loss.push(...(await execution.run(part(first, count))).loss)
      first += count
    }
    return { loss, state: await session.readState() }
  })
}

describe.each(devices)('%s', (device) => {
  test('gives the same bits every time, however steps are grouped', async () => {
    const together = await train(device, 3)
    expect(together.loss).toHaveLength(3)
    expect(new Set(together.loss).size).toBe(3)
    expect(await train(device, 3)).toEqual(together)
    expect(await train(device, 1, 1, 1)).toEqual(together)
    expect(await train(device, 2, 1)).toEqual(together)
  })

  test('continues bit for bit from a state that was read and written back', async () => {
    const together = await train(device, 3)
    const middle = await train(device, 1)
    const rest = await withSession(selfTestOptions(device), async (session) => {
      await session.writeState(middle.state)
      const execution = await session.prepare(program, 'train')
      return { loss: [...middle.loss, ...(await execution.run(part(1, 2))).loss], state: await session.readState() }
    })
    expect(rest).toEqual(together)
  })

  test('keeps no tensor over a thousand steps', async () => {
    const before = tf.memory().numTensors
    const bytes = tf.memory().numBytes
    await withSession(selfTestOptions(device), async (session) => {
      const execution = await session.prepare(program, 'train')
      await execution.run(part(0, 1))
      const held = tf.memory()
      for (let round = 0; round < 40; round++) await execution.run(repeated(part(0, 1), 25))
      expect(tf.memory().numTensors).toBe(held.numTensors)
      expect(tf.memory().numBytes).toBe(held.numBytes)
      expect(tf.memory().numDataBuffers).toBe(held.numDataBuffers)
    })
    expect(tf.memory().numTensors).toBe(before)
    expect(tf.memory().numBytes).toBe(bytes)
  })

  test('sessions in one thread do not disturb each other, whatever their device', async () => {
    const alone = await train(device, 3)
    const others = devices.map((other) => withSession(selfTestOptions(other), async (session) => {
      const execution = await session.prepare(program, 'train')
      for (let step = 0; step < 3; step++) await execution.run(part(step, 1))
    }))
    expect(await train(device, 1, 1, 1)).toEqual(alone)
    await Promise.all(others)
  })

  test('a program that advances nothing leaves the state alone', async () => {
    const evaluation: Program = { ...program, kind: 'evaluate', state: program.state.map((entry) => ({ ...entry, next: null })) }
    await withSession(selfTestOptions(device), async (session) => {
      const before = await session.readState()
      const execution = await session.prepare(evaluation, 'train')
      const { loss } = await execution.run(repeated(part(0, 1), 2))
      expect(loss[1]).toBe(loss[0])
      expect(await session.readState()).toEqual(before)
    })
  })

  test('what it hands out is the caller\'s', async () => {
    const options = selfTestOptions(device)
    await withSession(options, async (session) => {
      options.state[0].value.fill(NaN)
      const state = await session.readState()
      state.get('conv.kernel')?.fill(7)
      expect((await session.readState()).get('conv.kernel')?.every((value) => Math.abs(value) < 2)).toBe(true)
      await session.writeState(state)
      state.get('conv.kernel')?.fill(8)
      expect((await session.readState()).get('conv.kernel')?.every((value) => value === 7)).toBe(true)
    })
  })

  test('names the first tensor that went bad, and leaves the state as it was', async () => {
    const { program: bad, options } = quotientProgram(device)
    const feed = (divisor: number): StepBatch => ({ count: 1, rows: new Int32Array(), inputs: { divisor: Float32Array.of(divisor) } })
    await withSession(options, async (session) => {
      expect(await session.findNonFinite(bad, 'train', feed(1))).toBeNull()
      expect(await session.findNonFinite(bad, 'train', feed(0))).toEqual({ scope: 'layer/quotient', op: 'div' })
      expect(await session.findNonFinite(bad, 'train', feed(-1))).toEqual({ scope: 'layer', op: 'log' })
      expect(await session.findNonFinite(bad, 'train', feed(NaN))).toEqual({ scope: 'divisor', op: 'input' })
      expect(Array.from((await session.readState()).get('w') ?? [])).toEqual([2, 2])
    })
  })

  test('widens booleans and integers, and gives outputs that are the same tensor twice', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'int32', [2])
    const flag = graph.input('flag', 'bool', [2])
    const typed: Program = {
      kind: 'predict', batchSize: 1, graph, state: [], rows: [],
      steps: [
        { source: { kind: 'optimizer', scalar: 'x' }, name: 'x', dtype: 'int32', shape: [2], tensor: x },
        { source: { kind: 'optimizer', scalar: 'flag' }, name: 'flag', dtype: 'bool', shape: [2], tensor: flag },
      ],
      outputs: [{ name: 'x', tensor: x }, { name: 'again', tensor: x }, { name: 'flag', tensor: flag }],
    }
    const outputs: StepOutputs = await withSession({ device, threads: 1, tables: new Map(), state: [] }, async (session) => {
      const execution = await session.prepare(typed, 'train')
      return execution.run({ count: 2, rows: new Int32Array(), inputs: { x: Int32Array.of(1, -2, 3, -4), flag: Int32Array.of(0, 1, 1, 0) } })
    })
    expect(outputs).toEqual({ x: Int32Array.of(1, -2, 3, -4), again: Int32Array.of(1, -2, 3, -4), flag: Int32Array.of(0, 1, 1, 0) })
  })

  test('entries may change places, and be outputs too', async () => {
    const graph = new Graph()
    const [a, b] = [graph.input('a', 'float32', [1]), graph.input('b', 'float32', [1])]
    const entry = (name: string, tensor: Tensor, next: Tensor): StateEntry => ({ name, shape: [1], views: [{ name, shape: [1], offset: 0 }], tensor, next })
    const swap: Program = { kind: 'train', batchSize: 1, graph, rows: [], steps: [], state: [entry('a', a, b), entry('b', b, a)], outputs: [{ name: 'a', tensor: a }] }
    const state = [{ entry: { name: 'a', shape: [1] }, value: Float32Array.of(1) }, { entry: { name: 'b', shape: [1] }, value: Float32Array.of(2) }]
    await withSession({ device, threads: 1, tables: new Map(), state }, async (session) => {
      const execution = await session.prepare(swap, 'train')
      expect(await execution.run({ count: 3, rows: new Int32Array(), inputs: {} })).toEqual({ a: Float32Array.of(1, 2, 1) })
      expect(await session.readState()).toEqual(new Map([['a', Float32Array.of(2)], ['b', Float32Array.of(1)]]))
    })
  })

  test('uses its own backend, whatever tfjs-core\'s is', async () => {
    const alone = await train(device, 3)
    tf.registerBackend('without kernels', () => new NoBackend())
    try {
      await withSession(selfTestOptions(device), async (session) => {
        await tf.setBackend('without kernels')
        const execution = await session.prepare(program, 'train')
        await tf.setBackend('without kernels')
        const { loss } = await execution.run(whole)
        await tf.setBackend('without kernels')
        expect({ loss: Array.from(loss), state: await session.readState() }).toEqual(alone)
      })
    } finally {
      tf.removeBackend('without kernels')
    }
  })

  test('refuses what does not fit: tables, state, feeds', async () => {
    const options = selfTestOptions(device)
    await withSession(options, async (session) => {
      await expect(session.prepare(program, 'validation')).rejects.toThrow('no table validation.features')
      await expect(session.writeState(new Map([['other', new Float32Array()]]))).rejects.toThrow('no state other')
      const execution = await session.prepare(program, 'train')
      await expect(execution.run({ ...part(0, 1), inputs: {} })).rejects.toThrow('learningRate is not fed')
    })
    await withSession({ ...options, state: options.state.slice(1) }, async (session) => {
      await expect(session.prepare(program, 'train')).rejects.toThrow('no state conv.kernel')
    })
  })
})

test('an unknown device is refused', async () => {
  await expect(openSession(selfTestOptions('tfjs-webgl'))).rejects.toThrow('no device tfjs-webgl')
})

/** Computes nothing. */
class NoBackend extends tf.KernelBackend {
  override dispose(): void {}
}

/** The same step `count` times. */
function repeated(batch: StepBatch, count: number): StepBatch {
  const repeat = <A extends Float32Array | Int32Array>(once: A): A => {
    const all = (once instanceof Float32Array ? new Float32Array(once.length * count) : new Int32Array(once.length * count)) as A
    for (let at = 0; at < count; at++) all.set(once, at * once.length)
    return all
  }
  return { count, rows: repeat(batch.rows), inputs: Object.fromEntries(Object.entries(batch.inputs).map(([name, data]) => [name, repeat(data)])) }
}

/** w ← w − Σ log(w) · (w / divisor), with −∞ among its constants, which is no fault. */
function quotientProgram(device: string): { program: Program; options: SessionOptions } {
  const graph = new Graph()
  const w = graph.input('w', 'float32', [2])
  const divisor = graph.input('divisor', 'float32', [])
  const next = graph.scoped('layer', () => {
    const quotient = graph.scoped('quotient', () => div(w, divisor))
    const loss = reduceSum(mul(log(quotient), div(1, graph.scalar(-Infinity))), { axes: [0] })
    return sub(w, add(mul(quotient, 0.1), loss))
  })
  const views = [{ name: 'w', shape: [2], offset: 0 }]
  return {
    program: {
      kind: 'train', batchSize: 1, graph, rows: [],
      state: [{ name: 'w', shape: [2], views, tensor: w, next }],
      steps: [{ source: { kind: 'optimizer', scalar: 'divisor' }, name: 'divisor', dtype: 'float32', shape: [], tensor: divisor }],
      outputs: [],
    },
    options: { device, threads: 1, tables: new Map(), state: [{ entry: { name: 'w', shape: [2] }, value: Float32Array.of(2, 2) }] },
  }
}
