export interface AveragingCase {
  readonly type: string
  readonly document: { readonly type: string; readonly [option: string]: unknown }
  /** Shares kept at the first updates of a run of 4 epochs of 3 updates. */
  readonly keeps: readonly number[]
}

export const averagingCases: readonly AveragingCase[] = [
  { type: 'ema', document: { type: 'ema', decay: 0.9 }, keeps: [0, 0.9, 0.9, 0.9] },
  { type: 'ema', document: { type: 'ema', decay: 0.25, warmup: true }, keeps: [0, 2 / 11, 3 / 12, 0.25] },
  // Averages the weights after updates 9 and 12: the ends of epochs 3 and 4.
  { type: 'swa', document: { type: 'swa' }, keeps: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1 / 2] },
  { type: 'swa', document: { type: 'swa', start: 0.5, every: 2, unit: 'steps' }, keeps: [0, 0, 0, 0, 0, 0, 1, 1 / 2, 1, 2 / 3, 1, 3 / 4] },
  { type: 'swa', document: { type: 'swa', start: 0, every: 1, unit: 'steps' }, keeps: [0, 1 / 2, 2 / 3, 3 / 4] },
]
