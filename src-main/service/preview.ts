import { applyFeatures } from '@shared/data/apply'
import type { DatasetDocument } from '@shared/catalog/datasets'
import type { PreparationPlan } from '@shared/data/prepare'
import { elementsOf } from '@shared/data/rows'
import { summarize } from '@shared/data/summary'
import type { RawData } from '@shared/data/types'
import type { DatasetPreview } from '@shared/protocol/contract'
import { failure, IssueError, success, type Result } from '@shared/spec/issue'
import { planDataset, type DatasetContext } from '@main/core/datasets'

/** Samples shown: a grid of images, or rows of a table. */
const SAMPLES = 24
/** Values of all samples together: large images come in smaller numbers. */
const SAMPLE_VALUES = 2 ** 21
/** Points of two-feature data that are drawn. */
const POINTS = 4000

/** Reads a data set and shows what training would see of it. */
export async function previewOf(dataset: DatasetDocument, context: DatasetContext): Promise<Result<DatasetPreview>> {
  try {
    const { raw, plan, contentHash } = await planDataset(dataset, context)
    return success({
      summary: summarize(raw, plan, contentHash),
      samples: samplesOf(raw, plan, dataset.preprocess.unseen),
      points: pointsOf(raw, plan),
    })
  } catch (error) {
    if (error instanceof IssueError) return failure(...error.issues)
    throw error
  }
}

function samplesOf(raw: RawData, plan: PreparationPlan, unseen: DatasetDocument['preprocess']['unseen']): DatasetPreview['samples'] {
  const elements = elementsOf(plan.sampleShape)
  const count = Math.min(SAMPLES, Math.max(1, Math.floor(SAMPLE_VALUES / elements)), plan.rows.train.length)
  const rows = plan.rows.train.slice(0, count)
  const data = new Float32Array(count * elements)
  applyFeatures(raw, plan.preprocessing, rows, unseen, data)
  return { count, data, targets: Array.from(rows, (row) => targetText(raw, row)) }
}

function targetText({ targets }: RawData, row: number): string {
  if (targets.kind === 'class') return targets.classNames[targets.labels[row]]
  const size = elementsOf(targets.shape)
  return Array.from(targets.data.subarray(row * size, (row + 1) * size), (value) => String(Number(value.toPrecision(6)))).join(', ')
}

/** Raw values, evenly over the usable rows; null unless there are two features. */
function pointsOf(raw: RawData, plan: PreparationPlan): DatasetPreview['points'] {
  const feature = twoFeatures(raw)
  if (feature === null) return null
  const all = [plan.rows.train, plan.rows.validation, plan.rows.test]
  const total = all.reduce((sum, { length }) => sum + length, 0)
  const count = Math.min(total, POINTS)
  const data = new Float32Array(count * 2)
  const values = new Float32Array(count)
  for (let index = 0; index < count; index++) {
    const row = rowAt(all, Math.floor((index * total) / count))
    data[2 * index] = feature(row, 0)
    data[2 * index + 1] = feature(row, 1)
    values[index] = targetValue(raw, row)
  }
  return { data, values }
}

function rowAt(parts: readonly Int32Array[], index: number): number {
  let at = index
  for (const part of parts) {
    if (at < part.length) return part[at]
    at -= part.length
  }
  throw new Error(`there is no row ${String(index)}`)
}

function twoFeatures({ features }: RawData): ((row: number, axis: 0 | 1) => number) | null {
  if (features.kind === 'dense') {
    if (features.shape.length !== 1 || features.shape[0] !== 2) return null
    return (row, axis) => features.data[2 * row + axis]
  }
  const { columns } = features
  if (columns.length !== 2) return null
  const [first, second] = columns
  if (first.kind !== 'numeric' || second.kind !== 'numeric') return null
  return (row, axis) => (axis === 0 ? first : second).values[row]
}

/** The class's number, or the first of the values. */
function targetValue({ targets }: RawData, row: number): number {
  return targets.kind === 'class' ? targets.labels[row] : targets.data[row * elementsOf(targets.shape)]
}
