import type { Choice } from '@shared/catalog/choice'
import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { call, python } from '../python/literal'
import type { Head } from './head'

/** The loss as Keras makes it. */
export function kerasLoss({ loss }: TrainingPlan, head: Head): string {
  const { type, delta } = loss.options as Choice
  const logits = head.fromLogits ? { from_logits: true } : undefined
  switch (type) {
    case 'categoricalCrossentropy':
      return call(`keras.losses.${head.targets === 'labels' ? 'Sparse' : ''}CategoricalCrossentropy`, [], logits)
    case 'binaryCrossentropy':
      return call('keras.losses.BinaryCrossentropy', [], logits)
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

/** Lines of `loss_of(outputs, y)` in PyTorch: the mean over the batch. */
export function pytorchLoss({ loss }: TrainingPlan, head: Head): readonly string[] {
  const { type, delta } = loss.options as Choice
  switch (type) {
    case 'categoricalCrossentropy':
      if (head.fromLogits) return ['return F.cross_entropy(outputs, y)']
      return ['shares = (outputs / outputs.sum(dim=1, keepdim=True)).clamp(1e-7, 1 - 1e-7)', 'return -(y * shares.log()).sum(dim=1).mean()']
    case 'binaryCrossentropy':
      return [head.fromLogits ? 'return F.binary_cross_entropy_with_logits(outputs, y)' : 'return F.binary_cross_entropy(outputs.clamp(1e-7, 1 - 1e-7), y)']
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
