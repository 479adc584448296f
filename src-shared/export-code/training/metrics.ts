import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { indent, python } from '../python/literal'
import { outputsOf, type Head } from './head'

type Options = Readonly<Record<string, unknown>>

/** `scores(outputs, y)` in Python: the document's metrics of predictions in NumPy; null where there are none. */
export function metricsCode(plan: TrainingPlan, head: Head): string | null {
  if (plan.metrics.length === 0) return null
  const { target } = plan.data
  const classes = target.kind === 'class' ? target.classes : 0
  const single = outputsOf(plan) === 1
  const lines = plan.metrics.map(({ definition, options }) => `result[${python(definition.key(options))}] = ${expression(definition.type, options, { classes, single, probabilities: head.fromLogits })}`)
  const used = lines.join('\n')
  const prelude = [
    ...(head.everywhere ? [`outputs, y = outputs.reshape(-1, outputs.shape[-1]), y.reshape(-1${head.targets === 'labels' ? '' : ', y.shape[-1]'})`] : []),
    ...(head.fromLogits && head.activation === null ? PROBABILITIES[plan.loss.definition.activation ?? 'softmax'] : []),
    ...(classes > 0 ? [`labels = ${labels(head)}`] : []),
    ...(/\bvalues\b/.test(used) ? [`values = ${head.targets === 'labels' ? `np.eye(${python(classes)})[y].reshape(outputs.shape)` : 'y'}`] : []),
  ]
  return [
    ...(/classes_of\(/.test(used) || /counts\(/.test(used) ? [classesOf(single)] : []),
    ...(/counts\(/.test(used) ? [COUNTS] : []),
    ...(/perplexity\(/.test(used) ? [PERPLEXITY] : []),
    ...(/determination\(/.test(used) ? [DETERMINATION] : []),
    `def scores(outputs, y):
    """The document's metrics of the model's predictions."""
    result = {}
${indent([...prelude, ...lines, 'return result'].join('\n'))}`,
  ].join('\n\n\n')
}

/** Of outputs that the loss takes for logits. */
const PROBABILITIES: Readonly<Record<'softmax' | 'sigmoid', readonly string[]>> = {
  softmax: ['outputs = np.exp(outputs - outputs.max(axis=-1, keepdims=True))', 'outputs = outputs / outputs.sum(axis=-1, keepdims=True)'],
  sigmoid: ['outputs = 1 / (1 + np.exp(-outputs))'],
}

function labels({ targets }: Head): string {
  if (targets === 'labels') return 'y'
  return targets === 'oneHot' ? 'y.reshape(len(y), -1).argmax(axis=1)' : 'y.reshape(-1).astype(int)'
}

function classesOf(single: boolean): string {
  const body = single ? 'return (outputs.reshape(-1) > threshold).astype(int)' : 'return outputs.argmax(axis=1)'
  return `def classes_of(outputs, threshold):
    """Predicted classes."""
    ${body}`
}

const COUNTS = `def counts(outputs, labels, classes, threshold):
    """Of each class: rows predicted and true, predicted, true."""
    predicted = classes_of(outputs, threshold)
    found = np.bincount(predicted[predicted == labels], minlength=classes)
    return found, np.bincount(predicted, minlength=classes), np.bincount(labels, minlength=classes)


def ratio(part, whole):
    return np.divide(part, whole, out=np.zeros(np.shape(part)), where=np.asarray(whole) > 0)


def averaged(score, counted, average, positive):
    if average == "macro":
        return float(score(*counted).mean())
    if average == "micro":
        return float(score(*(np.sum(each) for each in counted)))
    return float(score(*counted)[positive])`

const PERPLEXITY = `def perplexity(shares, labels, least):
    """Of shares that add up to the probabilities' sum; those below the least count as it."""
    told = (shares / shares.sum(axis=1, keepdims=True))[np.arange(len(labels)), labels]
    return float(np.exp(-np.log(np.maximum(told, least)).mean(dtype=np.float64)))`

const DETERMINATION = `def determination(outputs, values):
    """R² of each output, and their mean: 1 for no error, 0 where the values do not vary but the error does."""
    residual = np.square(outputs - values, dtype=np.float64).sum(axis=0)
    total = np.square(values - values.mean(axis=0, dtype=np.float64)).sum(axis=0)
    missed = np.divide(residual, total, out=np.where(residual > 0, 1.0, 0.0), where=total > 0)
    return float(np.mean(1 - missed))`

/** Probabilities below are 0 where the loss is computed on logits, and clipped where it is not. */
const LEAST = { ofLogits: 1e-38, clipped: 1e-7 } as const

const SCORES: Readonly<Record<string, string>> = {
  precision: 'lambda found, predicted, true: ratio(found, predicted)',
  recall: 'lambda found, predicted, true: ratio(found, true)',
  f1: 'lambda found, predicted, true: ratio(2 * found, predicted + true)',
}

/** What the outputs are that metrics are computed of. */
interface Outputs {
  readonly classes: number
  /** One for two classes. */
  readonly single: boolean
  /** Made of logits, by the script or by the metrics. */
  readonly probabilities: boolean
}

/** Rows of numbers in the proportion of the classes' probabilities. */
function shares({ single, probabilities }: Outputs, fromLogits: boolean): string {
  const logits = fromLogits && !probabilities
  if (single) return logits ? 'np.hstack([1 / (1 + np.exp(outputs)), 1 / (1 + np.exp(-outputs))])' : 'np.hstack([1 - outputs, outputs])'
  return logits ? 'np.exp(outputs - outputs.max(axis=1, keepdims=True))' : 'outputs'
}

function expression(type: string, options: Options, outputs: Outputs): string {
  const { classes } = outputs
  const threshold = python(typeof options.threshold === 'number' ? options.threshold : 0.5)
  switch (type) {
    case 'accuracy':
      return `float((classes_of(outputs, ${threshold}) == labels).mean())`
    case 'topKAccuracy':
      return `float((np.sum(outputs > np.take_along_axis(outputs, labels[:, None], 1), axis=1) < ${python(Number(options.k))}).mean())`
    case 'perplexity': {
      const ofLogits = outputs.probabilities || options.fromLogits === true
      return `perplexity(${shares(outputs, options.fromLogits === true)}, labels, ${python(ofLogits ? LEAST.ofLogits : LEAST.clipped)})`
    }
    case 'confusionMatrix':
      return `np.bincount(labels * ${python(classes)} + classes_of(outputs, ${threshold}), minlength=${python(classes ** 2)}).reshape(${python(classes)}, ${python(classes)}).tolist()`
    case 'precision':
    case 'recall':
    case 'f1': {
      const average = (options.average as string | undefined) ?? (classes === 2 ? 'binary' : 'macro')
      return `averaged(${SCORES[type]}, counts(outputs, labels, ${python(classes)}, ${threshold}), ${python(average)}, ${python(Number(options.positiveClass))})`
    }
    case 'meanAbsoluteError':
      return 'float(np.abs(outputs - values).mean())'
    case 'meanSquaredError':
      return 'float(np.square(outputs - values).mean())'
    case 'rootMeanSquaredError':
      return 'float(np.sqrt(np.square(outputs - values).mean()))'
    case 'r2':
      return 'determination(outputs, values)'
    default:
      return refuse('export-metric-unsupported', [], { metric: type })
  }
}
