import type { FeatureScaling, PreprocessOptions } from '@shared/catalog/datasets'
import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { indent, python, pythonList } from '../python/literal'
import type { Head } from '../training/head'
import { ARRAYS } from './arrays'
import type { DataCode } from './code'
import { GENERATORS } from './generators'
import { splitCode } from './split'
import { tableCode } from './tables'

export interface LoadOptions {
  readonly head: Head
  /** Images with channels last, as Keras has them. */
  readonly channelsLast: boolean
}

/** `load_data()` with everything it needs: training, validation and test part, each `(features, targets)` or None. */
export function loadCode({ dataset }: ExperimentDocument, plan: TrainingPlan, { head, channelsLast }: LoadOptions): DataCode {
  const classes = plan.data.target.kind === 'class'
  const options = dataset as unknown as Readonly<Record<string, unknown>>
  const table = dataset.type === 'csv'
  const source = table ? tableCode(options) : (GENERATORS[dataset.type]?.(options) ?? ARRAYS[dataset.type]?.(options, classes, plan.data.sample))
  if (source === undefined) return refuse('export-dataset-unsupported', [], { dataset: dataset.type })
  const body = [...(table ? tableLines(plan, dataset.preprocess) : arrayLines(plan, dataset.preprocess)), ...noiseLines(plan, dataset.preprocess), ...targetLines(plan, dataset.preprocess, head)]
  if (channelsLast && plan.data.sample.length === 3) body.push('x = np.moveaxis(x, 1, -1)')
  if (channelsLast && head.targets === 'values' && plan.model.outputShape.length === 3) body.push('y = np.moveaxis(y, 1, -1)')
  return {
    ...source,
    definitions: [
      ...source.definitions,
      // Sequences of classes have no class of their own.
      splitCode(dataset.split, classes && !head.everywhere),
      ...(table ? [featureCode(dataset.preprocess)] : []),
      `def load_data():
    """Training, validation and test part as (features, targets); None where there is none."""
${indent([...body, 'return tuple((x[part], y[part]) if len(part) > 0 else None for part in (train, validation, test))'].join('\n'))}`,
    ],
  }
}

function arrayLines({ data }: TrainingPlan, { features, missing }: PreprocessOptions): string[] {
  const axis = data.sample.length === 3 ? '(0, 2, 3)' : '0'
  const complete = 'np.isfinite(features.reshape(len(features), -1)).all(axis=1)'
  return [
    'features, targets, test_from = load_rows()',
    ...(missing === 'drop' ? [`rows = np.flatnonzero(${complete})`] : ['rows = np.arange(len(features))', `assert ${complete}.all(), "a feature is missing"`]),
    'train, validation, test = split_rows(rows, targets, test_from)',
    ...scaleLines(features, axis),
  ]
}

function scaleLines(method: FeatureScaling, axis: string): string[] {
  if (method === 'none') return ['x = features.astype("float32")']
  if (typeof method === 'object') return [`x = (features * ${python(method.scale)}).astype("float32")`]
  const [shift, width] =
    method === 'standardize'
      ? [`features[train].mean(axis=${axis}, keepdims=True)`, `features[train].std(axis=${axis}, keepdims=True)`]
      : [`features[train].min(axis=${axis}, keepdims=True)`, `np.ptp(features[train], axis=${axis}, keepdims=True)`]
  return [`shift, width = ${shift}, ${width}`, 'x = ((features - shift) / np.where(width > 0, width, 1)).astype("float32")']
}

function tableLines({ data: { target } }: TrainingPlan, { missing }: PreprocessOptions): string[] {
  const gaps = '[column == None if column.dtype == object else np.isnan(column) for column in columns.values()]'
  const classes =
    target.kind === 'class'
      ? [
          `classes = ${pythonList(target.classNames)}`,
          'column = columns[target_names[0]]',
          'if column.dtype == object:',
          `    targets = np.array([${missing === 'drop' ? '-1 if cell is None else ' : ''}classes.index(cell) for cell in column])`,
          'else:',
          '    targets = np.unique(column, return_inverse=True)[1].reshape(-1)',
        ]
      : ['targets = np.stack([columns[name] for name in target_names], axis=1)']
  return [
    'columns, target_names, test_from = load_table()',
    'rows = np.arange(len(columns[target_names[0]]))',
    ...(missing === 'drop' ? [`rows = rows[~np.any(${gaps}, axis=0)]`] : []),
    ...(missing === 'error' ? [`assert not np.any(${gaps}), "a cell is missing"`] : []),
    ...classes,
    'train, validation, test = split_rows(rows, targets, test_from)',
    'x = np.concatenate([feature(columns[name], train) for name in columns if name not in target_names], axis=1).astype("float32")',
  ]
}

/** `feature(column, train)`: a column as inputs, fitted on the training rows. */
function featureCode({ features, missing, unseen }: PreprocessOptions): string {
  const fills = missing === 'mean' || missing === 'median' ? [`column = np.where(np.isnan(column), np.nan${missing}(column[train]), column)`] : []
  const scaled = {
    none: ['return column[:, None]'],
    standardize: ['shift, width = column[train].mean(), column[train].std()'],
    minMax: ['shift, width = column[train].min(), np.ptp(column[train])'],
  }
  const lines = typeof features === 'object' ? [`return column[:, None] * ${python(features.scale)}`] : scaled[features]
  const fitted = lines[0].startsWith('return') ? lines : [...lines, 'return ((column - shift) / (width if width > 0 else 1))[:, None]']
  return `def feature(column, train):
    """A column as inputs: numbers scaled, categories as zeros and a one; fitted on the training rows."""
    if column.dtype == object:
        categories = sorted({cell for cell in column[train] if cell is not None})
${unseen === 'error' ? '        assert all(cell is None or cell in categories for cell in column), "a category is in no training row"\n' : ''}        return np.array([[cell == category for category in categories] for cell in column], dtype=float)
${indent([...fills, ...fitted].join('\n'))}`
}

/** A share of the training labels becomes another class, each with equal chance. */
function noiseLines({ data: { target } }: TrainingPlan, { labelNoise = 0 }: PreprocessOptions): string[] {
  if (labelNoise === 0 || target.kind === 'value') return []
  return [
    'rng = np.random.default_rng([SEED, 1])',
    'targets = np.array(targets, int)',
    'labels = targets[train]',
    `wrong = (labels + rng.integers(1, ${python(target.classes)}, labels.shape)) % ${python(target.classes)}`,
    `targets[train] = np.where(rng.random(labels.shape) < ${python(labelNoise)}, wrong, labels)`,
  ]
}

function targetLines({ data: { target }, model }: TrainingPlan, { targets: scaling }: PreprocessOptions, head: Head): string[] {
  const shape = model.outputShape.map((extent) => python(extent)).join(', ')
  if (target.kind === 'class') {
    if (head.targets === 'labels') return ['y = targets.astype("int64")']
    if (head.targets === 'values') return [`y = targets.astype("float32").reshape(-1${shape === '' ? '' : `, ${shape}`})`]
    return [`y = np.eye(${python(target.classes)}, dtype="float32")[targets].reshape(-1, ${shape})`]
  }
  if (scaling === 'input') return [`y = x.reshape(-1, ${shape})`]
  const fitted = scaling === 'standardize' ? ['shift, width = targets[train].mean(axis=0), targets[train].std(axis=0)', 'targets = (targets - shift) / np.where(width > 0, width, 1)'] : []
  return [...fitted, `y = targets.astype("float32").reshape(-1, ${shape})`]
}
