import type { FeatureScaling, PreprocessOptions } from '@shared/catalog/datasets/preprocess-options'
import type { Shape } from '@shared/graph'
import { refuse } from '@shared/spec/issue'
import { elementsOf } from './rows'
import { groupStatistics, medianOf, statisticsOf, type Statistics } from './statistics'
import type { Column, FittedColumn, FittedPreprocessing, FittedTargets, RawData, RawFeatures, RawTargets } from './types'

const PATH = ['dataset', 'preprocess']

/** Learns the preprocessing of features from the training rows (numbers of the source's rows) alone. */
export function fitFeatures(raw: RawData, train: Int32Array, options: PreprocessOptions): FittedPreprocessing {
  const { features } = raw
  if (features.kind === 'dense') return fitDense(features, train, options.features)
  return { kind: 'columns', columns: features.columns.map((column) => (column.kind === 'numeric' ? fitNumeric(column, train, options) : fitCategories(column, train))) }
}

/** Shape of one sample after preprocessing. */
export function fittedShape(fitted: FittedPreprocessing): Shape {
  if (fitted.kind === 'dense') return fitted.shape
  return [fitted.columns.reduce((width, column) => width + (column.kind === 'oneHot' ? column.categories.length : 1), 0)]
}

/** Null for classes and for targets left as they are. */
export function fitTargets(targets: RawTargets, train: Int32Array, method: PreprocessOptions['targets']): FittedTargets | null {
  if (targets.kind === 'class' || method !== 'standardize') return null
  const fits = groupStatistics(targets.data, train, elementsOf(targets.shape), 1).map((statistics) => scalingOf(statistics, method))
  return { shift: fits.map((fit) => fit.shift), scale: fits.map((fit) => fit.scale) }
}

function fitNumeric({ name, values }: Extract<Column, { kind: 'numeric' }>, train: Int32Array, options: PreprocessOptions): FittedColumn {
  const value = (at: number): number => values[train[at]]
  const present = statisticsOf(value, train.length)
  if (present.count === 0) refuse('data-column-empty', PATH, { column: name })
  const fill = options.missing === 'mean' ? present.mean : options.missing === 'median' ? medianOf(value, train.length) : null
  const filled = fill === null || present.count === train.length ? present : statisticsOf((at) => (Number.isNaN(value(at)) ? fill : value(at)), train.length)
  const { shift, scale } = scalingOf(filled, options.features)
  if (!Number.isFinite(shift) || !Number.isFinite(scale) || scale === 0) refuse('data-range-too-wide', PATH, { column: name, min: present.min, max: present.max })
  return { kind: 'numeric', name, fill, shift, scale }
}

/** The categories that training rows have, in the source's order. */
function fitCategories(column: Extract<Column, { kind: 'category' }>, train: Int32Array): FittedColumn {
  const seen = new Uint8Array(column.categories.length)
  for (const row of train) if (column.codes[row] >= 0) seen[column.codes[row]] = 1
  const categories = column.categories.filter((_, code) => seen[code] === 1)
  if (categories.length === 0) refuse('data-column-empty', PATH, { column: column.name })
  return { kind: 'oneHot', name: column.name, categories }
}

/** Images are scaled per channel, other dense features per element; one factor for all where nothing is fitted. */
function fitDense({ shape, data }: Extract<RawFeatures, { kind: 'dense' }>, train: Int32Array, method: FeatureScaling): FittedPreprocessing {
  if (typeof method === 'object' || method === 'none') return { kind: 'dense', shape, shift: [0], scale: [typeof method === 'object' ? method.scale : 1] }
  const groups = shape.length === 3 ? shape[0] : elementsOf(shape)
  const fits = groupStatistics(data, train, groups, elementsOf(shape) / groups).map((statistics) => scalingOf(statistics, method))
  return { kind: 'dense', shape, shift: fits.map((fit) => fit.shift), scale: fits.map((fit) => fit.scale) }
}

/** output = (x − shift)·scale; a constant becomes 0 under standardize and minMax. */
function scalingOf(statistics: Statistics, method: FeatureScaling): { readonly shift: number; readonly scale: number } {
  if (method === 'none') return { shift: 0, scale: 1 }
  if (typeof method === 'object') return { shift: 0, scale: method.scale }
  const [shift, width] = method === 'standardize' ? [statistics.mean, statistics.deviation] : [statistics.min, statistics.max - statistics.min]
  return { shift, scale: width > 0 ? 1 / width : 1 }
}
