import type { PreprocessOptions } from '@shared/catalog/datasets/preprocess-options'
import { refuse } from '@shared/spec/issue'
import { elementsOf, rowArgs } from './rows'
import type { Column, FittedColumn, FittedPreprocessing, FittedTargets, RawData, RawTargets } from './types'

/** Writes the preprocessed features of `rows` (numbers of the source's rows) to `out`, row-major. */
export function applyFeatures(raw: RawData, fitted: FittedPreprocessing, rows: Int32Array, unseen: PreprocessOptions['unseen'], out: Float32Array): void {
  const { features } = raw
  if (features.kind === 'dense') {
    if (fitted.kind === 'columns') throw new Error('columns fitted to dense features')
    const elements = elementsOf(features.shape)
    if (features.data instanceof Uint8Array && fitted.scale.length === 1) return gatherBytes(features.data, rows, elements, fitted.shift[0], fitted.scale[0], out)
    for (let index = 0; index < rows.length; index++) out.set(features.data.subarray(rows[index] * elements, (rows[index] + 1) * elements), index * elements)
    return scaleDense(out.subarray(0, rows.length * elements), elements, fitted)
  }
  if (fitted.kind === 'dense') throw new Error('dense preprocessing fitted to columns')
  const width = rows.length === 0 ? 0 : out.length / rows.length
  let offset = 0
  features.columns.forEach((column, index) => {
    const target: Cells = { out, offset, width }
    const how = fitted.columns[index]
    if (column.kind === 'numeric' && how.kind === 'numeric') applyNumeric(raw, column, how, rows, target)
    else if (column.kind === 'category' && how.kind === 'oneHot') applyOneHot(raw, column, how, rows, unseen, target)
    else throw new Error(`column ${column.name} was fitted as ${how.kind}`)
    offset += how.kind === 'oneHot' ? how.categories.length : 1
  })
}

/** Where one column's cells go: `out[row · width + offset]`. */
interface Cells {
  readonly out: Float32Array
  readonly offset: number
  readonly width: number
}

/** Bytes have only 256 results: a table is exact and fast. */
function gatherBytes(data: Uint8Array, rows: Int32Array, elements: number, shift: number, scale: number, out: Float32Array): void {
  const results = Float32Array.from({ length: 256 }, (_, byte) => (byte - shift) * scale)
  let to = 0
  for (const row of rows) {
    const from = row * elements
    for (let at = from; at < from + elements; at++) out[to++] = results[data[at]]
  }
}

/** Scales whole rows of dense features in place. */
export function scaleDense(values: Float32Array, elements: number, fitted: Extract<FittedPreprocessing, { kind: 'dense' }>): void {
  const { shift, scale } = fitted
  const size = elements / scale.length
  if (scale.length === 1 && shift[0] === 0 && scale[0] === 1) return
  for (let at = 0; at < values.length; ) {
    for (let group = 0; group < scale.length; group++) {
      for (const end = at + size; at < end; at++) values[at] = (values[at] - shift[group]) * scale[group]
    }
  }
}

function applyNumeric(raw: RawData, column: Extract<Column, { kind: 'numeric' }>, how: Extract<FittedColumn, { kind: 'numeric' }>, rows: Int32Array, cells: Cells): void {
  for (let index = 0; index < rows.length; index++) {
    const read = column.values[rows[index]]
    const value = Number.isNaN(read) && how.fill !== null ? how.fill : read
    const result = Math.fround((value - how.shift) * how.scale)
    if (!Number.isFinite(result)) refuse('data-not-finite', ['dataset'], { ...rowArgs(raw, rows[index]), column: column.name, value: String(value) })
    cells.out[index * cells.width + cells.offset] = result
  }
}

function applyOneHot(raw: RawData, column: Extract<Column, { kind: 'category' }>, how: Extract<FittedColumn, { kind: 'oneHot' }>, rows: Int32Array, unseen: PreprocessOptions['unseen'], cells: Cells): void {
  const places = new Map(how.categories.map((category, place) => [category, place]))
  const placeOf = column.categories.map((category) => places.get(category) ?? -1)
  for (let index = 0; index < rows.length; index++) {
    const start = index * cells.width + cells.offset
    cells.out.fill(0, start, start + how.categories.length)
    const code = column.codes[rows[index]]
    if (code < 0) continue
    if (placeOf[code] >= 0) cells.out[start + placeOf[code]] = 1
    else if (unseen === 'error') refuse('data-category-unseen', ['dataset', 'preprocess', 'unseen'], { ...rowArgs(raw, rows[index]), column: column.name, value: column.categories[code] })
  }
}

/** Targets of `rows`, scaled where a scaling was fitted. */
export function applyTargets(targets: RawTargets, fitted: FittedTargets | null, rows: Int32Array): Int32Array | Float32Array {
  if (targets.kind === 'class') {
    const { labels, positions = 1 } = targets
    return Int32Array.from({ length: rows.length * positions }, (_, at) => labels[rows[Math.floor(at / positions)] * positions + (at % positions)])
  }
  const size = elementsOf(targets.shape)
  const out = new Float32Array(rows.length * size)
  rows.forEach((row, index) => {
    for (let element = 0; element < size; element++) {
      const value = targets.data[row * size + element]
      out[index * size + element] = fitted === null ? value : (value - fitted.shift[element]) * fitted.scale[element]
    }
  })
  return out
}
