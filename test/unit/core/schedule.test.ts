import { describe, expect, it } from 'vitest'
import { Schedule } from '@main/core/training/schedule'
import type { TrainingJob } from '@shared/protocol/training'
import { document } from '@test/helpers/core'

const plain = { format: 1, dataset: { type: 'iris' }, model: { nodes: [{ type: 'dense', units: 3, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd' } }

function run(runId: string, device = 'onnx-cpu', teacher?: string): { readonly job: TrainingJob } {
  const training = teacher === undefined ? plain.training : { ...plain.training, distillation: { teacher: { run: teacher } } }
  return { job: { runId, document: document({ ...plain, training }), baseDirectory: '.', resourcesDirectory: '.', artifactsDirectory: '.', device, choice: null, threads: 1, stepsPerDispatch: null, checkpoint: null, dataHash: null, teacher: null, snapshots: false } }
}

function scheduled(places: number, ...runs: readonly { readonly job: TrainingJob }[]): Schedule<{ readonly job: TrainingJob }> {
  const schedule = new Schedule<{ readonly job: TrainingJob }>(places)
  for (const each of runs) schedule.enqueue(each)
  return schedule
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

const ids = (runs: readonly { readonly job: TrainingJob }[]): readonly string[] => runs.map(({ job }) => job.runId)

describe('the queue', () => {
  it('keeps its order; a run that begins or is canceled leaves it', () => {
    const [a, b, c] = [run('a'), run('b'), run('c')]
    const schedule = scheduled(1, a, b, c)
    expect(schedule.queued).toEqual(['a', 'b', 'c'])
    schedule.begin(b)
    schedule.cancel('c')
    expect({ active: schedule.active, queued: schedule.queued }).toEqual({ active: ['b'], queued: ['a'] })
    expect([schedule.find('a'), schedule.find('b'), schedule.find('c')]).toEqual([a, b, undefined])
    expect([schedule.training('a'), schedule.training('b')]).toEqual([undefined, b])
  })

  it('holds a student back as long as its teacher waits or trains', () => {
    const teacher = run('teacher')
    const schedule = scheduled(2, run('student', 'onnx-cpu', 'teacher'), teacher, run('own', 'onnx-cpu', 'own'))
    expect(ids(schedule.ready)).toEqual(['teacher', 'own'])
    schedule.begin(teacher)
    expect(ids(schedule.ready)).toEqual(['own'])
    schedule.end('teacher')
    expect(ids(schedule.ready)).toEqual(['student', 'own'])
  })
})

describe('places', () => {
  it('are as many as was said on the CPU, and one at accelerators', () => {
    const [a, b, c] = [run('a'), run('b'), run('c', 'onnx-webgpu')]
    const schedule = scheduled(2, a, b, c)
    schedule.begin(a)
    expect([schedule.hasPlace('cpu'), schedule.hasPlace('accelerators')]).toEqual([true, true])
    schedule.begin(b)
    schedule.begin(c)
    expect([schedule.hasPlace('cpu'), schedule.hasPlace('accelerators')]).toEqual([false, false])
    schedule.end('c')
    expect([schedule.hasPlace('cpu'), schedule.hasPlace('accelerators')]).toEqual([false, true])
  })
})

describe('accelerators', () => {
  const busy = (used: string): string => `${used} is in use`

  it('are looked at in turn, and no run begins there meanwhile', async () => {
    const schedule = scheduled(1)
    const told: string[] = []
    const first = gate()
    const looks = [
      schedule.look('onnx-webgpu', async () => (told.push('first begins'), await first.opened, 'first'), busy),
      schedule.look('onnx-webgpu', async () => await Promise.resolve((told.push('second begins'), 'second')), busy),
    ]
    await Promise.resolve()
    expect(told).toEqual(['first begins'])
    expect(schedule.hasPlace('accelerators')).toBe(false)
    first.open()
    expect(await Promise.all(looks)).toEqual(['first', 'second'])
    expect(schedule.hasPlace('accelerators')).toBe(true)
  })

  it('take the next look after one that fails', async () => {
    const schedule = scheduled(1)
    await expect(schedule.look('onnx-webgpu', async () => await Promise.reject(new Error('driver')), busy)).rejects.toThrow('driver')
    expect(await schedule.look('onnx-webgpu', async () => await Promise.resolve('again'), busy)).toBe('again')
  })

  it('are not looked at while a run trains there or its device is being found; the CPU is', async () => {
    const [training, open] = [run('a', 'onnx-webgpu'), run('b')]
    const schedule = scheduled(1, training, open)
    schedule.begin(training)
    const look = async (device: string): Promise<string> => await schedule.look(device, async () => await Promise.resolve('seen'), busy)
    expect([await look('onnx-cuda'), await look('onnx-cpu')]).toEqual(['onnx-webgpu is in use', 'seen'])
    schedule.end('a')
    const found = gate()
    const choosing = schedule.choosing(open, async () => await found.opened)
    expect([await look('onnx-cuda'), schedule.hasPlace('accelerators')]).toEqual(['onnx-cuda is in use', false])
    found.open()
    await choosing
    expect([await look('onnx-cuda'), schedule.hasPlace('accelerators')]).toEqual(['seen', true])
  })
})
