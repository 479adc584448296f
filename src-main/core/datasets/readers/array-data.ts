import type { Shape } from '@shared/graph'
import { elementsOf } from '@shared/data/rows'
import type { RawData, RawTargets } from '@shared/data/types'
import { refuse } from '@shared/spec/issue'
import { readFeatures, readNumbers, type ArrayFile } from './array-file'

/** Arrays that belong together: features and targets of the same rows. */
export interface ArrayPair {
  readonly features: ArrayFile
  readonly targets: ArrayFile
}

export interface ArrayDataOptions {
  readonly task: 'auto' | 'classification' | 'regression'
  /** Names of classes 0, 1, …; without them the labels that occur are the names. */
  readonly classNames?: readonly string[]
  readonly sampleShape: Shape
}

const MAX_CLASSES = 10_000

/** Training arrays and, where there are any, test arrays become one data set. */
export async function arrayData(train: ArrayPair, test: ArrayPair | null, options: ArrayDataOptions): Promise<RawData> {
  const pairs = test === null ? [train] : [train, test]
  for (const { features, targets } of pairs) {
    if (features.shape[0] !== targets.shape[0]) {
      refuse('array-row-mismatch', targets.field, { file: features.name, rows: features.shape[0], targets: targets.name, targetRows: targets.shape[0] })
    }
  }
  const targets = await readTargets(pairs.map((pair) => pair.targets), options)
  const data = await readFeatures(pairs.map((pair) => pair.features))
  const trainRows = train.features.shape[0]
  return {
    rows: trainRows + (test?.features.shape[0] ?? 0),
    features: { kind: 'dense', shape: options.sampleShape, data },
    targets,
    ...(test === null ? {} : { testFrom: trainRows }),
    origin: { files: [{ name: train.features.name, from: 0 }, ...(test === null ? [] : [{ name: test.features.name, from: trainRows }])] },
  }
}

async function readTargets(files: readonly ArrayFile[], options: ArrayDataOptions): Promise<RawTargets> {
  const [first] = files
  const shape = first.shape.length === 1 ? [1] : first.shape.slice(1)
  const other = files.find((file) => elementsOf(file.shape.slice(1)) !== elementsOf(shape))
  if (other !== undefined) refuse('array-other-shape', other.field, { file: other.name, shape: other.shape.slice(1).join('×'), expected: shape.join('×') })
  const single = elementsOf(shape) === 1
  const classes = options.task === 'classification' || (options.task === 'auto' && single && files.every((file) => file.type.integer))
  if (classes && !single) refuse('array-label-shape', first.field, { file: first.name, shape: first.shape.join('×') })
  const values = await readNumbers(files)
  if (classes) return classTargets(values, first, options.classNames)
  return { kind: 'value', shape, data: Float32Array.from(values), names: Array.from({ length: elementsOf(shape) }, (_, at) => (single ? 'y' : `y${at + 1}`)) }
}

function classTargets(values: Float64Array, file: ArrayFile, names: readonly string[] | undefined): RawTargets {
  if (names !== undefined) {
    const wrong = values.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= names.length)
    if (wrong >= 0) refuse('array-label-without-name', file.field, { file: file.name, line: wrong + 1, value: String(values[wrong]), classes: names.length })
    return { kind: 'class', labels: Int32Array.from(values), classNames: names }
  }
  const wrong = values.findIndex((value) => !Number.isInteger(value))
  if (wrong >= 0) refuse('array-label-not-integer', file.field, { file: file.name, line: wrong + 1, value: String(values[wrong]) })
  const distinct = [...new Set(values)].sort((a, b) => a - b)
  if (distinct.length > MAX_CLASSES) refuse('array-too-many-classes', file.field, { file: file.name, classes: distinct.length })
  const places = new Map(distinct.map((value, place) => [value, place]))
  return { kind: 'class', labels: Int32Array.from(values, (value) => places.get(value) ?? -1), classNames: distinct.map(String) }
}
