import type { TrainingPlan } from '@shared/compile'
import { python, type PythonValue } from '../python/literal'

/** Who averages weights in a Keras script: its optimizer, which puts the averages in place at the end of `fit`, or a callback,
 *  which knows more ways and puts them in place for evaluations; null where nobody does. */
export type KerasAverager = 'optimizer' | 'callback' | null

export function kerasAverager({ averaging }: TrainingPlan, evaluates: boolean): KerasAverager {
  if (averaging === null || !averaging.use) return null
  const { type, warmup } = averaging.options
  return type === 'ema' && warmup !== true && !averaging.statistics && !evaluates ? 'optimizer' : 'callback'
}

/** Arguments of Keras's optimizers that average. */
export function kerasOwnAveraging({ averaging }: TrainingPlan, averager: KerasAverager): Readonly<Record<string, PythonValue>> {
  return averager === 'optimizer' && averaging !== null ? { use_ema: true, ema_momentum: Number(averaging.options.decay) } : {}
}

/** The callback that averages. */
export function kerasAveragingCode({ averaging }: TrainingPlan, averager: KerasAverager): string | null {
  if (averaging === null || averager !== 'callback') return null
  const { type } = averaging.options
  const keep =
    type === 'ema'
      ? emaShare(averaging.options)
      : `0 if step <= self.first else 1 if (step - self.first) % self.distance > 0 else (step - self.first) // self.distance / ((step - self.first) // self.distance + 1)`
  const places = type === 'ema' ? [] : swaLines(averaging.options, 'self.')
  return `class Averaging(keras.callbacks.Callback):
    """Keeps averaged weights beside the trained ones, and puts them in place at the end."""

    def __init__(self, steps_per_epoch, total_steps):
        super().__init__()
        self.step, self.averages = 0, None
${places.map((line) => `        ${line}\n`).join('')}
    def on_train_batch_end(self, batch, logs=None):
        self.step += 1
        step = self.step
        keep = ${type === 'ema' ? `0 if step == 1 else ${keep}` : keep}
        weights = self.model.get_weights()
        if keep == 0:
            self.averages = weights
        self.averages = [${averaging.statistics ? 'keep * average + (1 - keep) * weight for average, weight in zip(self.averages, weights)' : '\n            keep * average + (1 - keep) * weight if variable.trainable else weight\n            for variable, average, weight in zip(self.model.weights, self.averages, weights)\n        '}]

    def place(self):
        self.model.set_weights(self.averages)

    def on_train_end(self, logs=None):
        self.place()`
}

/** Share of the average that stays at update number `step`. */
function emaShare({ decay, warmup }: Readonly<Record<string, unknown>>): string {
  return warmup === true ? `min(${python(Number(decay))}, step / (step + 9))` : python(Number(decay))
}

/** Where averaging begins, and how far its moments are apart; `owner`: before the names. */
function swaLines({ start, every, unit }: Readonly<Record<string, unknown>>, owner: string): readonly string[] {
  const distance = unit === 'steps' ? python(Math.max(1, Math.round(Number(every)))) : `max(1, int(${python(Number(every))} * steps_per_epoch + 0.5))`
  return [`${owner}distance = ${distance}`, `${owner}first = max(1, int(${python(Number(start))} * total_steps / ${owner}distance + 0.5)) * ${owner}distance`]
}

/** Lines of a PyTorch loop: before it, after each update (`step` is its number), and what evaluation looks at. */
export interface AveragingCode {
  readonly before: readonly string[]
  readonly each: readonly string[]
  readonly evaluated: string
}

export function pytorchAveraging({ averaging, layout }: TrainingPlan): AveragingCode {
  if (averaging === null || !averaging.use) return { before: [], each: [], evaluated: 'model' }
  const { type, decay, warmup } = averaging.options
  const buffers = averaging.statistics ? ', use_buffers=True' : ''
  const made = (average: string): string => `averaged = torch.optim.swa_utils.AveragedModel(model${average}${buffers})`
  if (type === 'ema') {
    const average =
      warmup === true
        ? `, avg_fn=lambda average, weight, count: average + (1 - min(${python(Number(decay))}, (1 + count) / (10 + count))) * (weight - average)`
        : `, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(${python(Number(decay))})`
    return { before: [made(average)], each: ['averaged.update_parameters(model)'], evaluated: 'averaged.module' }
  }
  // Between two moments PyTorch leaves the statistics as they were at the first.
  const last = averaging.statistics || layout.statistics.length === 0 ? [] : ['else:', '    for kept, last in zip(averaged.module.buffers(), model.buffers()):', '        kept.copy_(last)']
  return {
    before: [made(''), ...swaLines(averaging.options, '')],
    each: ['if step <= first:', '    averaged.n_averaged.zero_()  # so far it is the model itself', 'if step <= first or (step - first) % distance == 0:', '    averaged.update_parameters(model)', ...last],
    evaluated: 'averaged.module',
  }
}
