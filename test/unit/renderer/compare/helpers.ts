import type { MetricSummary, RunView, SeriesSlice } from '@shared/protocol/views'

/** A run's row as the window knows it. */
export function runView(id: string, changes: Partial<RunView> = {}): RunView {
  return {
    id,
    name: id,
    status: 'done',
    seed: 1,
    documentHash: 'hash',
    datasetHash: 'data',
    device: 'onnx-cpu',
    threads: 2,
    createdAt: 0,
    startedAt: null,
    finishedAt: null,
    steps: 0,
    epochs: 0,
    samples: 0,
    seconds: 0,
    errors: [],
    parent: null,
    note: '',
    tags: [],
    group: null,
    color: null,
    archived: false,
    metrics: {},
    document: {},
    ...changes,
  }
}

export function summary(last: number, min = last, max = last): MetricSummary {
  return { count: 10, first: 1, last, lastStep: 10, min, minStep: 5, max, maxStep: 6 }
}

/** One point a step, a tenth of a second each. */
export function sliceOf(values: readonly number[], steps: readonly number[] = values.map((_, index) => index + 1), total = values.length): SeriesSlice {
  return { steps: Float64Array.from(steps), seconds: Float64Array.from(steps, (step) => step / 10), values: Float64Array.from(values), total, complete: total === values.length }
}
