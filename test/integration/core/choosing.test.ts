import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Core, type CoreEvent } from '@main/core'
import { openHistory, type HistoryApi } from '@main/core/history'
import { randomSource } from '@shared/lib/random'
import { need } from '@shared/spec'
import { document, ROOT } from '@test/helpers/core'
import { temporaryDirectory } from '@test/helpers/temporary'

const base = {
  format: 1,
  dataset: { type: 'iris' },
  model: { nodes: [{ type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', batchSize: 'full', epochs: 2 },
}
const taught = { ...base, training: { ...base.training, distillation: { teacher: { run: 'somebody' } } } }

/** What no system passes on to a process: Linux takes 128 kB a variable, Windows 32 kB. */
const HUGE = 'x'.repeat(4_000_000)

let core: Core
let broken = false
const events: CoreEvent[] = []

/** A history that cannot say who taught a run, while `broken`. */
function failing(history: HistoryApi): HistoryApi {
  return new Proxy(history, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: readonly unknown[]): unknown => {
        if (broken && name === 'readEvents' && JSON.stringify(args).includes('teacher')) throw new Error('the index is damaged')
        return Reflect.apply(value, target, args)
      }
    },
  })
}

beforeEach(async () => {
  const directory = temporaryDirectory()
  const history = need(await openHistory({ directory, mode: 'write', now: () => Date.now(), random: randomSource('choosing') }))
  core = new Core({
    history: failing(history),
    resourcesDirectory: join(ROOT, 'resources'),
    trainingEntry: join(ROOT, 'out', 'main', 'training.js'),
    versions: {},
    dataDirectory: directory,
    // It is not here: its self-test says so. But it leaves the choice open.
    accelerators: ['onnx-webgpu'],
  })
  events.length = 0
  core.subscribe((event) => events.push(event))
})
afterEach(async () => {
  broken = false
  await core.close()
})

const start = (value: object): string => core.start({ document: document(value), baseDirectory: ROOT })

async function ending(run: string): Promise<CoreEvent> {
  const find = (): CoreEvent | undefined => events.find(({ runId, type }) => runId === run && ['finished', 'failed', 'crashed', 'lost'].includes(type))
  await expect.poll(find).toBeDefined()
  return find() as CoreEvent
}

describe.each(['auto', 'onnx-cpu'])('a failure while the device of a run is found or its job is sent (%s)', (preference) => {
  it('ends that run as failed, with the message, and the next one trains', async () => {
    broken = true
    const [run, next] = [start({ ...taught, engine: { preference } }), start({ ...base, engine: { preference } })]
    expect(await ending(run)).toMatchObject({ type: 'crashed', message: 'the index is damaged' })
    expect(core.history.getRun(run)).toMatchObject({ status: 'failed', errors: [{ code: 'run-crashed', args: { reason: 'the index is damaged' } }] })
    expect(await ending(next)).toMatchObject({ type: 'finished', status: 'done' })
    expect(core.runs).toEqual({ active: [], queued: [] })
  })

  it('where the system refuses the training process: the run is interrupted, told why, and goes on later', async () => {
    process.env.DESCENT_HUGE = HUGE
    try {
      const runs = [start({ ...base, engine: { preference } }), start({ ...base, engine: { preference } })]
      for (const run of runs) {
        expect(await ending(run)).toMatchObject({ type: 'lost', issues: [{ code: 'run-process', args: { reason: expect.stringMatching(/E2BIG|ENAMETOOLONG|too (?:big|long)/) as string } }] })
        expect(core.history.getRun(run)?.status).toBe('interrupted')
      }
      events.length = 0
      Reflect.deleteProperty(process.env, 'DESCENT_HUGE')
      for (const run of runs) {
        expect(core.resume(run)).toMatchObject({ ok: true })
        expect(await ending(run)).toMatchObject({ type: 'finished', status: 'done' })
      }
    } finally {
      Reflect.deleteProperty(process.env, 'DESCENT_HUGE')
    }
  })
})

it('a failure leaves a run alone that was stopped meanwhile', async () => {
  broken = true
  const run = start({ ...taught, engine: { preference: 'auto' } })
  core.control(run, { type: 'stop', as: 'stopped' })
  expect(await ending(run)).toMatchObject({ type: 'finished', status: 'stopped' })
  expect(await ending(start(base))).toMatchObject({ type: 'finished' })
  expect(core.history.getRun(run)?.status).toBe('stopped')
  expect(events.filter(({ runId }) => runId === run)).toHaveLength(1)
})
