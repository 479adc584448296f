import type { Choice } from '@shared/catalog/choice'
import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { call, indent, python } from '../python/literal'
import { outputsOf, type Head } from './head'

/** The loss as Keras makes it, and a function where Keras would not take outputs for probabilities. */
export function kerasLoss(plan: TrainingPlan, head: Head): { readonly expression: string; readonly definition: string | null } {
  const options = plan.loss.options as Choice
  const probabilities = KERAS_PROBABILITIES[options.type]
  if (!head.fromLogits && probabilities !== undefined) {
    const definition = `def loss_of(y, outputs):
    """Of probabilities as they are: Keras would go back to what went into the last softmax or sigmoid."""
${indent([...smoothing(options, outputsOf(plan)), ...probabilities].join('\n'))}`
    return { expression: 'loss_of', definition }
  }
  return { expression: nativeLoss(options, head), definition: null }
}

const KERAS_PROBABILITIES: Readonly<Record<string, readonly string[]>> = {
  categoricalCrossentropy: ['shares = ops.clip(outputs / ops.sum(outputs, axis=-1, keepdims=True), 1e-7, 1 - 1e-7)', 'return -ops.sum(y * ops.log(shares), axis=-1)'],
  binaryCrossentropy: ['shares = ops.clip(outputs, 1e-7, 1 - 1e-7)', 'return -ops.mean(y * ops.log(shares) + (1 - y) * ops.log(1 - shares), axis=-1)'],
}

/** A line that spreads a share of the targets over the classes, where the document has one. */
function smoothing({ type, labelSmoothing }: Choice, outputs: number): string[] {
  const share = Number(labelSmoothing ?? 0)
  if (share === 0) return []
  return [`y = y * ${python(1 - share)} + ${python(share / (type === 'binaryCrossentropy' ? 2 : outputs))}`]
}

function nativeLoss({ type, delta, labelSmoothing }: Choice, { targets }: Head): string {
  const options = { from_logits: true, ...(Number(labelSmoothing ?? 0) === 0 ? {} : { label_smoothing: Number(labelSmoothing) }) }
  switch (type) {
    case 'categoricalCrossentropy':
      return call(`keras.losses.${targets === 'labels' ? 'Sparse' : ''}CategoricalCrossentropy`, [], options)
    case 'binaryCrossentropy':
      return call('keras.losses.BinaryCrossentropy', [], options)
    case 'meanSquaredError':
      return 'keras.losses.MeanSquaredError()'
    case 'meanAbsoluteError':
      return 'keras.losses.MeanAbsoluteError()'
    case 'huber':
      return call('keras.losses.Huber', [], { delta: Number(delta) })
    default:
      return refuse('export-loss-unsupported', [], { loss: type })
  }
}

/** `cross_entropy` wants the classes second: each position becomes a row. */
function pytorchRows({ everywhere, targets }: Head): string {
  if (!everywhere) return 'outputs, y'
  return `outputs.flatten(0, 1), y.flatten(${targets === 'labels' ? '' : '0, 1'})`
}

/** Lines of `loss_of(outputs, y)` in PyTorch: the mean over the batch. */
export function pytorchLoss(plan: TrainingPlan, head: Head): readonly string[] {
  const options = plan.loss.options as Choice
  const { type, delta, labelSmoothing } = options
  const smooth = smoothing(options, outputsOf(plan))
  switch (type) {
    case 'categoricalCrossentropy':
      if (head.fromLogits) return [`return F.cross_entropy(${pytorchRows(head)}${smooth.length === 0 ? '' : `, label_smoothing=${python(Number(labelSmoothing))}`})`]
      return [...smooth, 'shares = (outputs / outputs.sum(dim=-1, keepdim=True)).clamp(1e-7, 1 - 1e-7)', 'return -(y * shares.log()).sum(dim=-1).mean()']
    case 'binaryCrossentropy':
      return [...smooth, head.fromLogits ? 'return F.binary_cross_entropy_with_logits(outputs, y)' : 'return F.binary_cross_entropy(outputs.clamp(1e-7, 1 - 1e-7), y)']
    case 'meanSquaredError':
      return ['return F.mse_loss(outputs, y)']
    case 'meanAbsoluteError':
      return ['return F.l1_loss(outputs, y)']
    case 'huber':
      return [`return F.huber_loss(outputs, y, delta=${python(Number(delta))})`]
    default:
      return refuse('export-loss-unsupported', [], { loss: type })
  }
}
