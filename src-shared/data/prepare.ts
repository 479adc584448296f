import { MAX_VALUES } from '@shared/catalog/datasets/dataset'
import type { PreprocessOptions } from '@shared/catalog/datasets/preprocess-options'
import type { SplitOptions } from '@shared/catalog/datasets/split-options'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import type { RandomSource } from '@shared/lib/random'
import { refuse } from '@shared/spec/issue'
import { applyFeatures, applyTargets, scaleDense } from './apply'
import { arrangeRows } from './arrange'
import { fitFeatures, fitTargets, fittedShape } from './fit'
import { rowsWithoutTarget, usableRows } from './missing'
import { elementsOf, rowArgs } from './rows'
import { groupStatistics } from './statistics'
import { splitRows, type SplitRows } from './split'
import type { DataPart, FittedPreprocessing, FittedTargets, PreparedData, RawData, RawTargets } from './types'

/** Everything decided about a data set before its values are copied: cheap enough for a preview. */
export interface PreparationPlan {
  readonly rows: SplitRows
  readonly target: TargetInfo
  readonly sampleShape: readonly number[]
  readonly preprocessing: FittedPreprocessing
  readonly targetPreprocessing: FittedTargets | null
  /** The target is the prepared input itself. */
  readonly reconstructs: boolean
}

/** Chooses rows, splits them and fits the preprocessing on the training rows. Throws `IssueError`. */
export function planPreparation(raw: RawData, split: SplitOptions, preprocess: PreprocessOptions, random: RandomSource): PreparationPlan {
  const { targets } = raw
  if (targets.kind === 'class' && targets.classNames.length === 1) refuseOneClass(raw, targets.classNames[0])
  const usable = usableRows(raw, preprocess.missing)
  if (usable.length === 0) refuse('data-no-rows', ['dataset'], { rows: raw.rows })
  const rows = splitRows(
    { rows: usable, labels: targets.kind === 'class' && targets.positions === undefined ? targets.labels : null, classNames: targets.kind === 'class' ? targets.classNames : [], ...(raw.testFrom === undefined ? {} : { testFrom: raw.testFrom }) },
    split,
    random,
  )
  const preprocessing = fitFeatures(raw, rows.train, preprocess)
  const sampleShape = fittedShape(preprocessing)
  if (usable.length * elementsOf(sampleShape) > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows: usable.length, features: elementsOf(sampleShape), limit: MAX_VALUES })
  const targetPreprocessing = fitTargets(targets, rows.train, preprocess.targets)
  const target: TargetInfo = preprocess.targets === 'input' ? { kind: 'value', shape: sampleShape, names: ['input'] } : targetInfo(targets, rows.train, targetPreprocessing)
  return { rows, target, sampleShape, preprocessing, targetPreprocessing, reconstructs: preprocess.targets === 'input' }
}

/** Missing targets are named: they are more likely what is wrong. */
function refuseOneClass(raw: RawData, name: string): never {
  const missing = rowsWithoutTarget(raw)
  if (missing.length === 0) refuse('data-one-class', ['dataset'], { class: name, rows: raw.rows })
  return refuse('data-one-class-missing', ['dataset'], { class: name, rows: raw.rows, missing: missing.length, ...rowArgs(raw, missing[0]) })
}

/**
 * Copies the planned rows into parts. Takes over `raw`: dense float32 features are rearranged and scaled in place, and
 * the parts are views of them, so that a large data set is in memory once.
 */
export function prepareData(raw: RawData, plan: PreparationPlan, unseen: PreprocessOptions['unseen'], contentHash: string): PreparedData {
  const { train, validation, test } = plan.rows
  const answered = raw.features.kind === 'dense' && raw.features.data instanceof Float32Array ? viewParts(raw, plan, raw.features.data) : copyParts(raw, plan, unseen)
  const makePart = (rows: Int32Array): DataPart => {
    const part = answered(rows)
    return plan.reconstructs ? { ...part, targets: part.features } : part
  }
  return {
    sampleShape: plan.sampleShape,
    target: plan.target,
    train: makePart(train),
    validation: validation.length > 0 ? makePart(validation) : null,
    test: test.length > 0 ? makePart(test) : null,
    preprocessing: plan.preprocessing,
    targetPreprocessing: plan.targetPreprocessing,
    contentHash,
  }
}

function copyParts(raw: RawData, plan: PreparationPlan, unseen: PreprocessOptions['unseen']): (rows: Int32Array) => DataPart {
  return (rows) => {
    const features = new Float32Array(rows.length * elementsOf(plan.sampleShape))
    applyFeatures(raw, plan.preprocessing, rows, unseen, features)
    return { rows: rows.length, features, targets: applyTargets(raw.targets, plan.targetPreprocessing, rows), source: rows }
  }
}

/** Parts must be asked for in the order train, validation, test. */
function viewParts(raw: RawData, plan: PreparationPlan, data: Float32Array): (rows: Int32Array) => DataPart {
  if (plan.preprocessing.kind !== 'dense') throw new Error('columns fitted to dense features')
  const { preprocessing } = plan
  const elements = elementsOf(plan.sampleShape)
  arrangeRows(data, elements, withOthers(plan.rows, raw.rows))
  let next = 0
  return (rows) => {
    const features = data.subarray(next * elements, (next + rows.length) * elements)
    next += rows.length
    scaleDense(features, elements, preprocessing)
    return { rows: rows.length, features, targets: applyTargets(raw.targets, plan.targetPreprocessing, rows), source: rows }
  }
}

/** The parts' rows in order, then all rows that no part uses. */
function withOthers({ train, validation, test }: SplitRows, total: number): Int32Array {
  const order = new Int32Array(total)
  order.set(train)
  order.set(validation, train.length)
  order.set(test, train.length + validation.length)
  const used = new Uint8Array(total)
  for (const part of [train, validation, test]) for (const row of part) used[row] = 1
  let next = train.length + validation.length + test.length
  for (let row = 0; row < total; row++) if (used[row] === 0) order[next++] = row
  return order
}

function targetInfo(targets: RawTargets, train: Int32Array, fitted: FittedTargets | null): TargetInfo {
  if (targets.kind === 'class') {
    const { classNames, positions } = targets
    return { kind: 'class', classes: classNames.length, classNames, ...(positions === undefined ? {} : { positions }) }
  }
  const means = groupStatistics(targets.data, train, elementsOf(targets.shape), 1).map(({ mean }, index) => (fitted === null ? mean : (mean - fitted.shift[index]) * fitted.scale[index]))
  return { kind: 'value', shape: targets.shape, names: targets.names, means }
}
