import type { TargetInfo } from '@shared/catalog/losses'

export interface MetricCase {
  readonly name: string
  readonly type: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly info: TargetInfo
  /** Rows of the model's output, after the final activation; several batches are added up. */
  readonly batches: readonly { readonly outputs: readonly (readonly number[])[]; readonly targets: readonly (number | readonly number[])[] }[]
  readonly key: string
  readonly expected: readonly number[]
}

const three: TargetInfo = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] }
const two: TargetInfo = { kind: 'class', classes: 2, classNames: ['no', 'yes'] }
const value: TargetInfo = { kind: 'value', shape: [1], names: ['y'] }
const pair: TargetInfo = { kind: 'value', shape: [2], names: ['y', 'z'] }

/** Predicted 0 2 1 | 2 2, true 0 1 1 | 2 0: hits 1 1 1, predicted 1 1 3, members 2 2 1. */
const multi = [
  { outputs: [[3, 1, 0], [0, 1, 2], [0.1, 0.5, 0.4]], targets: [0, 1, 1] },
  { outputs: [[-3, -2, -1], [0.2, 0.1, 0.7]], targets: [2, 0] },
]

/** Predicted 1 0 1 1 (0.5 is not above the threshold), true 1 1 0 1: hits of class 1: 2, predicted 3, members 3. */
const binary = [{ outputs: [[0.9], [0.5], [0.6], [0.51]], targets: [1, 1, 0, 1] }]

/** Errors 0.5, −0.5, 0 | 1. */
const regression = [
  { outputs: [[1.5], [1.5], [3]], targets: [1, 2, 3] },
  { outputs: [[5]], targets: [4] },
]

const far = [{ outputs: [[1e6 + 1.5], [1e6 + 1.5], [1e6 + 3], [1e6 + 5]], targets: [1e6 + 1, 1e6 + 2, 1e6 + 3, 1e6 + 4] }]

export const metricCases: readonly MetricCase[] = [
  { name: 'accuracy, classes', type: 'accuracy', info: three, batches: multi, key: 'accuracy', expected: [3 / 5] },
  { name: 'accuracy, binary', type: 'accuracy', info: two, batches: binary, key: 'accuracy', expected: [2 / 4] },
  { name: 'accuracy, threshold', type: 'accuracy', options: { threshold: 0.45 }, info: two, batches: binary, key: 'accuracy', expected: [3 / 4] },
  { name: 'accuracy, first of equal scores', type: 'accuracy', info: three, batches: [{ outputs: [[1, 1, 0], [0, 2, 2]], targets: [0, 2] }], key: 'accuracy', expected: [1 / 2] },
  { name: 'top 1', type: 'topKAccuracy', options: { k: 1 }, info: three, batches: multi, key: 'top1Accuracy', expected: [3 / 5] },
  { name: 'top 2', type: 'topKAccuracy', options: { k: 2 }, info: three, batches: multi, key: 'top2Accuracy', expected: [5 / 5] },
  { name: 'top 2 of worst first', type: 'topKAccuracy', options: { k: 2 }, info: three, batches: [{ outputs: [[3, 2, 1], [1, 2, 3]], targets: [2, 2] }], key: 'top2Accuracy', expected: [1 / 2] },
  { name: 'top k beyond the classes', type: 'topKAccuracy', info: three, batches: multi, key: 'top5Accuracy', expected: [1] },
  { name: 'top 1, scores that are no numbers', type: 'topKAccuracy', options: { k: 1 }, info: three, batches: [{ outputs: [[NaN, NaN, NaN], [1, NaN, 0]], targets: [0, 0] }], key: 'top1Accuracy', expected: [0] },
  { name: 'precision, macro by default', type: 'precision', info: three, batches: multi, key: 'precision', expected: [(1 / 1 + 1 / 1 + 1 / 3) / 3] },
  { name: 'precision, micro', type: 'precision', options: { average: 'micro' }, info: three, batches: multi, key: 'precisionMicro', expected: [3 / 5] },
  { name: 'precision, one class', type: 'precision', options: { average: 'binary', positiveClass: 2 }, info: three, batches: multi, key: 'precisionClass2', expected: [1 / 3] },
  { name: 'precision, binary by default', type: 'precision', info: two, batches: binary, key: 'precision', expected: [2 / 3] },
  { name: 'precision, binary, macro', type: 'precision', options: { average: 'macro' }, info: two, batches: binary, key: 'precisionMacro', expected: [(0 / 1 + 2 / 3) / 2] },
  { name: 'precision, nothing predicted', type: 'precision', info: two, batches: [{ outputs: [[0.1]], targets: [1] }], key: 'precision', expected: [0] },
  { name: 'recall, macro', type: 'recall', info: three, batches: multi, key: 'recall', expected: [(1 / 2 + 1 / 2 + 1 / 1) / 3] },
  { name: 'recall, binary', type: 'recall', info: two, batches: binary, key: 'recall', expected: [2 / 3] },
  { name: 'recall, no such class', type: 'recall', info: two, batches: [{ outputs: [[0.9]], targets: [0] }], key: 'recall', expected: [0] },
  { name: 'f1, macro', type: 'f1', info: three, batches: multi, key: 'f1', expected: [(2 / 3 + 2 / 3 + 2 / 4) / 3] },
  { name: 'f1, micro', type: 'f1', options: { average: 'micro' }, info: three, batches: multi, key: 'f1Micro', expected: [6 / 10] },
  { name: 'f1, binary', type: 'f1', info: two, batches: binary, key: 'f1', expected: [4 / 6] },
  { name: 'perplexity of probabilities', type: 'perplexity', info: three, batches: [{ outputs: [[0.5, 0.25, 0.25], [0, 1, 0]], targets: [0, 1] }, { outputs: [[0.25, 0.5, 0.25]], targets: [2] }], key: 'perplexity', expected: [(2 * (1 / (1 - 1e-7)) * 4) ** (1 / 3)] },
  { name: 'confusion matrix', type: 'confusionMatrix', info: three, batches: multi, key: 'confusionMatrix', expected: [1, 0, 1, 0, 1, 1, 0, 0, 1] },
  { name: 'confusion matrix, binary', type: 'confusionMatrix', info: two, batches: binary, key: 'confusionMatrix', expected: [0, 1, 1, 2] },
  { name: 'mean absolute error', type: 'meanAbsoluteError', info: value, batches: regression, key: 'meanAbsoluteError', expected: [2 / 4] },
  { name: 'mean squared error', type: 'meanSquaredError', info: value, batches: regression, key: 'meanSquaredError', expected: [1.5 / 4] },
  { name: 'mean squared error, two outputs', type: 'meanSquaredError', info: pair, batches: [{ outputs: [[1, 2], [3, 4]], targets: [[1, 1], [1, 1]] }], key: 'meanSquaredError', expected: [(0 + 1 + 4 + 9) / 4] },
  { name: 'root mean squared error', type: 'rootMeanSquaredError', info: value, batches: regression, key: 'rootMeanSquaredError', expected: [Math.sqrt(1.5 / 4)] },
  { name: 'R²', type: 'r2', info: value, batches: regression, key: 'r2', expected: [1 - 1.5 / 5] },
  { name: 'R², far from zero', type: 'r2', info: { ...value, means: [1e6] }, batches: far, key: 'r2', expected: [1 - 1.5 / 5] },
  { name: 'R², mean of the outputs', type: 'r2', info: { ...pair, means: [2, 0] }, batches: [{ outputs: [[1, 0], [2, 0], [3, 0]], targets: [[1, 1], [2, 0], [3, -1]] }], key: 'r2', expected: [(1 + 0) / 2] },
  { name: 'R², constant target', type: 'r2', info: value, batches: [{ outputs: [[1], [2]], targets: [2, 2] }], key: 'r2', expected: [0] },
  { name: 'R², constant target whose squares round', type: 'r2', info: value, batches: [{ outputs: [[1], [2], [0], [0], [0]], targets: [0.1, 0.1, 0.1, 0.1, 0.1] }], key: 'r2', expected: [0] },
  { name: 'R², constant target, no error', type: 'r2', info: value, batches: [{ outputs: [[2], [2]], targets: [2, 2] }], key: 'r2', expected: [1] },
]
