import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { python, type PythonValue } from '../python/literal'

/** Arguments of Keras's optimizers that average weights; throws an `IssueError` for what they cannot. Keras puts the
 *  averages in place at the end of `fit`. */
export function kerasAveraging({ averaging }: TrainingPlan): Readonly<Record<string, PythonValue>> {
  if (averaging === null || !averaging.use) return {}
  const { type, decay, warmup } = averaging.options
  if (type !== 'ema' || warmup === true || averaging.statistics) return refuse('export-training-unsupported', [], { setting: `averaging ${String(type)}`, framework: 'Keras' })
  return { use_ema: true, ema_momentum: Number(decay) }
}

/** Lines of a PyTorch loop: before it, after each update (`step` is its number), and at the end. */
export interface AveragingCode {
  readonly before: readonly string[]
  readonly each: readonly string[]
  readonly after: readonly string[]
}

export function pytorchAveraging({ averaging }: TrainingPlan): AveragingCode {
  if (averaging === null || !averaging.use) return { before: [], each: [], after: [] }
  const { type, decay, warmup, start, every, unit } = averaging.options
  if (averaging.statistics || warmup === true) return refuse('export-training-unsupported', [], { setting: `averaging ${String(type)}`, framework: 'PyTorch' })
  const after = ['model.load_state_dict(averaged.module.state_dict())']
  if (type === 'ema') {
    return {
      before: [`averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(${python(Number(decay))}))`],
      each: ['averaged.update_parameters(model)'],
      after,
    }
  }
  const distance = unit === 'steps' ? python(Math.max(1, Math.round(Number(every)))) : `max(1, int(${python(Number(every))} * -(-len(x) // batch_size) + 0.5))`
  return {
    before: [
      'averaged = torch.optim.swa_utils.AveragedModel(model)',
      `distance = ${distance}`,
      `first = max(1, int(${python(Number(start))} * EPOCHS * -(-len(x) // batch_size) / distance + 0.5)) * distance`,
    ],
    each: ['if step >= first and (step - first) % distance == 0:', '    averaged.update_parameters(model)'],
    after: ['if step < first:', '    averaged.update_parameters(model)', ...after],
  }
}
