import { describe, expect, it } from 'vitest'
import { RunProgress } from '@main/cli/run-progress'
import type { RunFacts, TrainingEvent } from '@shared/protocol/training'

const facts: RunFacts = {
  sampleShape: [4],
  target: { kind: 'class', classes: 2, classNames: ['a', 'b'] },
  rows: { train: 100, validation: 0, test: 0 },
  contentHash: '',
  preprocessing: { kind: 'columns', columns: [] },
  targetPreprocessing: null,
  parameters: 10,
  stepsPerEpoch: 4,
  totalSteps: 40,
  batchSize: 32,
  device: 'onnx-cpu',
  engineVersion: '',
  threads: 1,
  preparation: {},
}

function points(firstStep: number, losses: readonly number[], seconds: readonly number[]): TrainingEvent {
  const batch = { firstStep, count: losses.length, columns: { 'train.loss': Float64Array.from(losses) }, seconds: Float64Array.from(seconds) }
  return { type: 'points', runId: 'r', batch }
}

function after(...events: readonly TrainingEvent[]): RunProgress {
  const progress = new RunProgress()
  for (const event of [{ type: 'prepared', runId: 'r', facts } as const, ...events]) progress.take(event)
  return progress
}

describe('progress of a run', () => {
  it('stands at the last step of the last report', () => {
    const progress = after(points(1, [3, 2], [0.5, 1]), points(3, [1, 0.5, 0.25], [1.5, 2, 2.5]))
    expect(progress.step).toBe(5)
    expect(progress.epoch).toBe(1)
    expect(progress.epochs).toBe(10)
    expect(progress.latest).toEqual({ 'train.loss': 0.25 })
  })

  it('counts rows, not full batches, and derives the time left from them', () => {
    // Four steps are one epoch of 100 rows, though four batches would hold 128.
    const progress = after(points(1, [1], [1]), points(2, [1, 1, 1, 1], [2, 3, 4, 5]))
    expect(progress.samplesPerSecond).toBeCloseTo(25, 10)
    expect(progress.secondsLeft).toBeCloseTo(35, 10)
  })

  it('forgets speeds of long ago', () => {
    const slow = [points(1, [1], [0]), points(2, [1], [100])]
    const fast = [points(3, [1], [101]), points(4, [1], [102]), points(5, [1], [103]), points(6, [1], [104])]
    expect(after(...slow, ...fast).samplesPerSecond).toBeCloseTo(25, 10)
  })

  it('knows no speed before it saw two moments', () => {
    expect(after().samplesPerSecond).toBeNull()
    expect(after(points(1, [1], [1])).secondsLeft).toBeNull()
  })

  it('keeps the last evaluation', () => {
    const evaluated = { type: 'evaluated', runId: 'r', step: 4, epoch: 1, seconds: 1, matrices: {} } as const
    const progress = after({ ...evaluated, metrics: { 'val.loss': 2 } }, { ...evaluated, step: 8, metrics: { 'val.loss': 1 } })
    expect(progress.evaluated).toEqual({ 'val.loss': 1 })
  })
})
