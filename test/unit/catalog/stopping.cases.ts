export interface StoppingCase {
  readonly type: string
  readonly document: { readonly type: string; readonly [option: string]: unknown }
  /** −1 where higher is better. */
  readonly sign?: -1
  /** What is recorded, and the index at which training ends; null where it goes on. */
  readonly values: readonly number[]
  readonly ends: number | null
  /** Indices of values that count as the best so far. */
  readonly best?: readonly number[]
}

/** Values by hand; those of early stopping as Keras's callback counts them. */
export const stoppingCases: readonly StoppingCase[] = [
  { type: 'steps', document: { type: 'steps', steps: 7 }, values: [], ends: null },
  { type: 'seconds', document: { type: 'seconds', seconds: 1.5 }, values: [], ends: null },
  { type: 'target', document: { type: 'target', value: 0.5 }, values: [0.7, 0.51, 0.5, 0.4], ends: 2 },
  { type: 'target', document: { type: 'target', monitor: 'val.accuracy', value: 0.9 }, sign: -1, values: [0.7, 0.89, 0.93], ends: 2 },
  { type: 'target', document: { type: 'target', value: 0.5 }, values: [Number.NaN, 0.6], ends: null },
  { type: 'convergence', document: { type: 'convergence', bound: 0.01 }, values: [1, 0.5, 0.4951, 0.4], ends: 2 },
  { type: 'convergence', document: { type: 'convergence', bound: 0.01, patience: 2 }, values: [1, 0.999, 0.9, 0.899, 0.898], ends: 4 },
  { type: 'convergence', document: { type: 'convergence', bound: 0.01 }, values: [-2, -1.99], ends: 1 },
  { type: 'gradientNorm', document: { type: 'gradientNorm', bound: 0.1 }, values: [0.3, 0.1, 0.09], ends: 2 },
  { type: 'earlyStopping', document: { type: 'earlyStopping', patience: 2 }, values: [3, 2, 2.5, 1.9, 1.95, 2, 1], ends: 5, best: [0, 1, 3] },
  { type: 'earlyStopping', document: { type: 'earlyStopping', patience: 2, minDelta: 0.2 }, values: [3, 2, 1.9, 1.7, 1.6, 1.55], ends: 5, best: [0, 1, 3] },
  { type: 'earlyStopping', document: { type: 'earlyStopping', patience: 1, monitor: 'val.accuracy' }, sign: -1, values: [0.2, 0.4, 0.4], ends: 2, best: [0, 1] },
  { type: 'earlyStopping', document: { type: 'earlyStopping', patience: 3 }, values: [Number.NaN, Number.NaN, 1, 2], ends: null, best: [2] },
]
