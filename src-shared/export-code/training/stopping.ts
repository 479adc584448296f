import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { call } from '../python/literal'
import { penaltiesOf } from './penalties'

/** Keras's callbacks for the document's stopping rules; throws an `IssueError` for what Keras cannot do. */
export function kerasStopping({ training }: ExperimentDocument, plan: TrainingPlan): readonly string[] {
  return plan.stopping.map(({ options, monitor }) => {
    // Keras's own losses hold the penalties, and it looks at the end of epochs alone.
    const alike = options.type === 'earlyStopping' && monitor?.key === 'val.loss' && training.evaluateEvery === 'epoch' && penaltiesOf(plan).size === 0
    if (!alike) return refuse('export-training-unsupported', [], { setting: `stopping ${String(options.type)}`, framework: 'Keras' })
    const named = { monitor: 'val_loss', mode: monitor.sign === 1 ? 'min' : 'max', patience: Number(options.patience), min_delta: Number(options.minDelta), restore_best_weights: options.restoreBest === true }
    return call('keras.callbacks.EarlyStopping', [], named)
  })
}

/** PyTorch has nothing that ends training: the loop would be another one. */
export function refusePytorchStopping({ stopping }: TrainingPlan): void {
  if (stopping.length > 0) refuse('export-training-unsupported', [], { setting: `stopping ${String(stopping[0].options.type)}`, framework: 'PyTorch' })
}
