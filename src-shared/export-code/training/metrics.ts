import type { TrainingPlan } from '@shared/compile'
import { sizeOf } from '@shared/graph'
import { refuse } from '@shared/spec/issue'
import { indent, python } from '../python/literal'
import type { Head } from './head'

type Options = Readonly<Record<string, unknown>>

/** `scores(outputs, y)` in Python: the document's metrics of predictions in NumPy; null where there are none. */
export function metricsCode(plan: TrainingPlan, head: Head): string | null {
  if (plan.metrics.length === 0) return null
  const { target } = plan.data
  const classes = target.kind === 'class' ? target.classes : 0
  const single = sizeOf(plan.model.outputShape) === 1
  const lines = plan.metrics.map(({ definition, options }) => `result[${python(definition.key(options))}] = ${expression(definition.type, options, classes)}`)
  const used = lines.join('\n')
  const prelude = [
    ...(classes > 0 ? [`labels = ${labels(head)}`] : []),
    ...(/\bvalues\b/.test(used) ? [`values = ${head.targets === 'labels' ? `np.eye(${python(classes)})[y].reshape(outputs.shape)` : 'y'}`] : []),
  ]
  return [
    ...(/classes_of\(/.test(used) || /counts\(/.test(used) ? [classesOf(single)] : []),
    ...(/counts\(/.test(used) ? [COUNTS] : []),
    `def scores(outputs, y):
    """The document's metrics of the model's predictions."""
    result = {}
${indent([...prelude, ...lines, 'return result'].join('\n'))}`,
  ].join('\n\n\n')
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

const SCORES: Readonly<Record<string, string>> = {
  precision: 'lambda found, predicted, true: ratio(found, predicted)',
  recall: 'lambda found, predicted, true: ratio(found, true)',
  f1: 'lambda found, predicted, true: ratio(2 * found, predicted + true)',
}

function expression(type: string, options: Options, classes: number): string {
  const threshold = python(typeof options.threshold === 'number' ? options.threshold : 0.5)
  switch (type) {
    case 'accuracy':
      return `float((classes_of(outputs, ${threshold}) == labels).mean())`
    case 'topKAccuracy':
      return `float((np.sum(outputs > np.take_along_axis(outputs, labels[:, None], 1), axis=1) < ${python(Number(options.k))}).mean())`
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
      return 'float(np.mean(1 - np.square(outputs - values).sum(axis=0) / np.square(values - values.mean(axis=0)).sum(axis=0)))'
    default:
      return refuse('export-metric-unsupported', [], { metric: type })
  }
}
