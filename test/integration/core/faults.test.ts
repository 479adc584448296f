import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FAULTS, type Fault } from '@shared/protocol/training'
import { cutShort, TestCore, type Watched } from '@test/helpers/core'

/** Native code dies under a run, at moments that differ in what the process is doing: nothing that was recorded is lost. */

const document = {
  format: 1,
  name: 'struck',
  seed: 11,
  dataset: { type: 'digits', shape: 'flat' },
  model: {
    nodes: [
      { type: 'dense', units: 24, activation: 'relu' },
      { type: 'batchNormalization' },
      { type: 'dropout', rate: 0.2 },
      { type: 'dense', units: 10, activation: 'softmax' },
    ],
  },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'adam', learningRate: 0.003 }, batchSize: 100, epochs: 12, checkpointSeconds: 0 },
  engine: { threads: 1 },
}

const endless = { ...document, name: 'beside', training: { ...document.training, epochs: 1_000_000, checkpointSeconds: 60 } }

const MOMENTS: Readonly<Record<string, (run: Watched) => Promise<unknown>>> = {
  'as soon as it was started': async () => await Promise.resolve(),
  'as soon as it is prepared': async (run) => await run.until((event) => event.type === 'prepared'),
  'while it trains': async (run) => await run.steps(9),
  'after a checkpoint': async (run) => await run.until((event) => event.type === 'checkpoint'),
  'while it is paused': async (run) => {
    run.control({ type: 'pause' })
    await run.until((event) => event.type === 'paused')
  },
}

const PROCESS_FAULTS: readonly Fault[] = ['kill', 'abort', 'segfault']

let test: TestCore
let expected: Awaited<ReturnType<typeof traces>>
beforeAll(async () => {
  test = await TestCore.open({ lanes: 2 })
  const run = test.start(document)
  await run.finished()
  expected = await traces(run.runId)
})
afterAll(async () => await test.close())

async function traces(runId: string) {
  const { views, step } = await test.checkpoint(runId)
  return {
    step,
    weights: [...views].map(([name, data]) => [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')]),
    losses: test.series(runId, 'train.loss'),
    validation: test.series(runId, 'val.loss'),
  }
}

describe.each(FAULTS)('%s', (fault) => {
  it.each(Object.entries(MOMENTS))('%s: the run goes on from its checkpoint, bit for bit', async (_name, moment) => {
    const { run, end } = await cutShort(
      () => test.start(document, { stepsPerDispatch: 2 }),
      async (each) => {
        await moment(each)
        test.core.strike(each.runId, fault)
      },
    )
    if (PROCESS_FAULTS.includes(fault)) expect(end).toMatchObject({ type: 'lost', end: { signal: { kill: 'SIGKILL', abort: 'SIGABRT', segfault: 'SIGSEGV' }[fault as 'kill'] } })
    else expect(end.type).toMatch(fault === 'throw' ? /crashed/ : /crashed|lost/)
    expect(test.core.history.getRun(run.runId)?.status).toBe(end.type === 'lost' ? 'interrupted' : 'failed')
    await test.resume(run.runId).finished()
    expect(await traces(run.runId)).toEqual(expected)
  })
})

describe('a run beside the one that is struck', () => {
  it('goes on when only a thread fails', async () => {
    const [beside, run] = [test.start(endless), test.start(endless, { stepsPerDispatch: 1 })]
    await run.steps(3)
    await beside.steps(3)
    test.core.strike(run.runId, 'throw')
    expect((await run.ended()).type).toBe('crashed')
    const seen = beside.events.length
    await beside.until((event) => event.type === 'points' && beside.events.indexOf(event) >= seen)
    beside.control({ type: 'stop', as: 'stopped' })
    expect((await beside.finished()).status).toBe('stopped')
  })

  it('is interrupted with the process, and what waits starts in the next one', async () => {
    const struck = [test.start(endless), test.start(endless)]
    const waiting = test.start(document)
    for (const run of struck) await run.steps(3)
    const before = test.core.trainingPid
    test.core.strike(struck[0].runId, 'segfault')
    for (const run of struck) await run.until((event) => event.type === 'lost')
    await waiting.finished()
    expect(await traces(waiting.runId)).toEqual(expected)
    expect(test.core.trainingPid).not.toBe(before)
    expect(struck.map(({ runId }) => test.core.history.getRun(runId)?.status)).toEqual(['interrupted', 'interrupted'])
  })
})

describe('threads', () => {
  it('are divided among the runs that train at once', async () => {
    const { availableParallelism } = await import('node:os')
    const run = test.start({ ...document, engine: {} })
    await run.finished()
    expect(run.facts?.threads).toBe(Math.max(1, Math.floor(availableParallelism() / 2)))
  })
})
