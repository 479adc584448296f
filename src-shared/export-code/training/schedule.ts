import type { Choice } from '@shared/catalog/choice'
import type { Monitor, TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { call, indent, python } from '../python/literal'
import { kerasLooksAlike } from './stopping'

/** Keras's own callback for a schedule that reacts; null where the script brings the rule along. */
export function kerasPlateau(document: ExperimentDocument, plan: TrainingPlan): string | null {
  const { schedule } = document.training
  const monitor = plan.scheduleMonitor
  if (schedule === undefined || monitor === null || schedule.relative === true || schedule.warmup !== undefined || schedule.momentum !== undefined || !kerasLooksAlike(document, plan, monitor)) return null
  const number = (name: string): number => Number(schedule[name])
  return call('keras.callbacks.ReduceLROnPlateau', [], { monitor: 'val_loss', mode: monitor.sign === 1 ? 'min' : 'max', factor: number('factor'), patience: number('patience'), min_delta: number('minDelta'), cooldown: number('cooldown'), min_lr: number('minRate') })
}

/** A schedule that reacts, as a class and how it is made; null for those that follow a plan. */
export function plateauCode({ training: { schedule } }: ExperimentDocument, { scheduleMonitor }: TrainingPlan): { readonly definition: string; readonly construction: string; readonly monitor: Monitor } | null {
  if (schedule === undefined || scheduleMonitor === null) return null
  const number = (name: string): number => Number(schedule[name])
  const relative = schedule.relative === true
  const options = { factor: number('factor'), patience: number('patience'), min_delta: number('minDelta'), cooldown: number('cooldown'), lowest: number('minRate'), ...(scheduleMonitor.sign === 1 ? {} : { higher: true }) }
  return { definition: plateauClass(relative), construction: call('Plateau', [], options), monitor: scheduleMonitor }
}

function plateauClass(relative: boolean): string {
  const needed = relative ? 'self.min_delta * abs(self.best) if math.isfinite(self.best) else 0' : 'self.min_delta'
  return `class Plateau:
    """Reduces the learning rate when a value stops improving: \`share\` is what is left of the schedule's."""

    def __init__(self, factor, patience, min_delta, cooldown, lowest, higher=False):
        self.factor, self.patience, self.min_delta, self.cooldown, self.lowest = factor, patience, min_delta, cooldown, lowest
        self.sign, self.best, self.waited, self.resting, self.share = -1 if higher else 1, math.inf, 0, 0, 1.0

    def look(self, value, scheduled):
        """\`scheduled\`: rate of the next update, before reductions."""
        if self.resting > 0:
            self.resting, self.waited = self.resting - 1, 0
        needed = ${needed}
        if self.sign * value < self.best - needed:
            self.best, self.waited = self.sign * value, 0
        elif self.resting == 0:
            self.waited += 1
            if self.waited >= self.patience:
                rate = scheduled * self.share
                if 0 < max(rate * self.factor, self.lowest) < rate:
                    self.share = max(rate * self.factor, self.lowest) / scheduled
                self.waited, self.resting = 0, self.cooldown`
}

/** Whether every update has the base rate, but for what reacts to metrics. */
export function isConstant(schedule: Choice | undefined): boolean {
  return schedule === undefined || ((schedule.type === 'constant' || schedule.type === 'plateau') && schedule.warmup === undefined)
}

type Warmup = { readonly steps?: number; readonly epochs?: number; readonly from: number }

/** `learning_rate(step, steps_per_epoch)` in Python: of the update after `step` others. `limited`: the run may end at STEPS. */
export function scheduleCode(schedule: Choice, limited: boolean): string {
  const { from = 0 } = (schedule.warmup ?? {}) as Partial<Warmup>
  const rising = `${python(from)} + (LEARNING_RATE - ${python(from)}) * step / warmup`
  const lines = [...warmupLines(schedule.warmup as Warmup | undefined, rising), ...decayLines(schedule)]
  const total = lines.some((line) => /\btotal\b/.test(line)) ? [totalLine(limited)] : []
  return `def learning_rate(step, steps_per_epoch):
    """Of the update after \`step\` others."""
${indent([...total, ...lines].join('\n'))}`
}

/** `momentum(step, steps_per_epoch)` in Python, moved against the rate; null where no schedule moves it. */
export function momentumCode(schedule: Choice | undefined, limited: boolean): string | null {
  if (schedule?.momentum === undefined) return null
  const { low, high } = schedule.momentum as { readonly low: number; readonly high: number }
  const rate = isConstant(schedule) ? '1' : 'min(max(learning_rate(step, steps_per_epoch) / LEARNING_RATE, 0), 1)'
  const against = (height: string): string => `return ${python(high)} - (${python(high)} - ${python(low)}) * ${height}`
  const doc = '"""Of the update after `step` others: against the rate."""'
  if (schedule.type !== 'oneCycle' && schedule.type !== 'cyclical') return `def momentum(step, steps_per_epoch):\n${indent([doc, against(rate)].join('\n'))}`
  const lines = [...warmupLines(schedule.warmup as Warmup | undefined, rate), ...heightLines(schedule)]
  const total = lines.some((line) => /\btotal\b/.test(line)) ? [totalLine(limited)] : []
  return `def height(step, steps_per_epoch):
    """How far up the rate is, from 0 to 1."""
${indent([...total, ...lines].join('\n'))}


def momentum(step, steps_per_epoch):
${indent([doc, against('height(step, steps_per_epoch)')].join('\n'))}`
}

function totalLine(limited: boolean): string {
  return limited ? 'total = min(EPOCHS * steps_per_epoch, STEPS)' : 'total = EPOCHS * steps_per_epoch'
}

/** `rising`: what holds while it warms up. */
function warmupLines(warmup: Warmup | undefined, rising: string): string[] {
  if (warmup === undefined) return []
  const length = warmup.steps === undefined ? steps(warmup.epochs ?? 0, 'epochs') : python(warmup.steps)
  return [
    `warmup = ${length}`,
    'if step < warmup:',
    `    return ${rising}`,
    'step, total = step - warmup, total - warmup',
  ]
}

function decayLines(schedule: Choice): string[] {
  const number = (name: string): number => Number(schedule[name])
  const unit = schedule.unit === 'steps' ? 'steps' : 'epochs'
  const final = python(number('finalRate'))
  switch (schedule.type) {
    case 'constant':
    case 'plateau':
      return ['return LEARNING_RATE']
    case 'linear':
      return [...progressLines(schedule, unit), `return LEARNING_RATE + (${final} - LEARNING_RATE) * progress`]
    case 'cosine':
      return [...progressLines(schedule, unit), `return ${final} + (LEARNING_RATE - ${final}) * (1 + math.cos(math.pi * progress)) / 2`]
    case 'polynomial':
      return [...progressLines(schedule, unit), `return ${final} + (LEARNING_RATE - ${final}) * (1 - progress) ** ${python(number('power'))}`]
    case 'step':
      return [`return LEARNING_RATE * ${python(number('gamma'))} ** (step // ${steps(number('stepSize'), unit)})`]
    case 'piecewise':
      return piecewiseLines(schedule.pieces as readonly { readonly from: number; readonly factor: number }[], unit)
    case 'exponential':
      return [`return LEARNING_RATE * ${python(number('gamma'))} ** ${periods(schedule, unit)}`]
    case 'inverseTime':
      return [`return LEARNING_RATE / (1 + ${python(number('decayRate'))} * ${periods(schedule, unit)})`]
    case 'inverseSqrt': {
      const scale = typeof schedule.timescale === 'number' ? steps(schedule.timescale, unit) : schedule.warmup === undefined ? 'steps_per_epoch' : 'warmup'
      return [`scale = ${scale}`, 'return LEARNING_RATE * math.sqrt(scale / (scale + step))']
    }
    case 'cosineRestarts':
      return [
        `period, start, length = 0, 0, ${steps(number('period'), unit)}`,
        'while step >= start + length:',
        `    period, start, length = period + 1, start + length, length * ${python(number('periodGrowth'))}`,
        `return ${final} + (LEARNING_RATE - ${final}) * ${python(number('peakFactor'))} ** period * (1 + math.cos(math.pi * (step - start) / length)) / 2`,
      ]
    case 'oneCycle':
      return oneCycleLines(schedule, [`LEARNING_RATE / ${python(number('startDivisor'))}`, 'LEARNING_RATE', `first / ${python(number('finalDivisor'))}`])
    case 'cyclical':
      return [
        `lowest = ${typeof schedule.minRate === 'number' ? python(schedule.minRate) : 'LEARNING_RATE / 4'}`,
        ...cyclicalLines(schedule),
        `return lowest + (LEARNING_RATE - lowest) * ${cyclicalHeight(schedule)}`,
      ]
    default:
      return refuse('export-schedule-unsupported', [], { schedule: schedule.type })
  }
}

function progressLines(schedule: Choice, unit: 'epochs' | 'steps'): string[] {
  const length = typeof schedule.duration === 'number' ? steps(schedule.duration, unit) : 'total'
  return [`length = ${length}`, 'progress = min(step / length, 1) if length > 0 else 1']
}

/** Whole periods, or parts of them too. */
function periods({ every, staircase }: Choice, unit: 'epochs' | 'steps'): string {
  const length = steps(Number(every), unit)
  return staircase === true ? `(step // ${length})` : `(step / ${length})`
}

/** Of pieces that begin at one update, the last in the document holds. */
function piecewiseLines(pieces: readonly { readonly from: number; readonly factor: number }[], unit: 'epochs' | 'steps'): string[] {
  return [
    'begun, factor = 0, 1',
    `for start, share in (${pieces.map(({ from, factor }) => `(${steps(from, unit)}, ${python(factor)})`).join(', ')},):`,
    '    if begun <= start <= step:',
    '        begun, factor = start, share',
    'return LEARNING_RATE * factor',
  ]
}

/** Of schedules whose height is not that of the rate. */
function heightLines(schedule: Choice): string[] {
  return schedule.type === 'oneCycle' ? oneCycleLines(schedule, ['0', '1', '0']) : [...cyclicalLines(schedule), `return ${cyclicalHeight(schedule)}`]
}

function oneCycleLines(schedule: Choice, [first, highest, last]: readonly [string, string, string]): string[] {
  const unit = schedule.unit === 'steps' ? 'steps' : 'epochs'
  const shape = schedule.anneal === 'linear' ? 'start + (end - start) * passed' : 'end + (start - end) * (1 + math.cos(math.pi * passed)) / 2'
  return [
    `length = ${typeof schedule.duration === 'number' ? steps(schedule.duration, unit) : 'total'}`,
    `first = ${first}`,
    `last = ${last}`,
    `peak = max(${python(Number(schedule.riseFraction))} * length - 1, 0)`,
    'if step < peak:',
    `    start, end, passed = first, ${highest}, step / peak`,
    'elif step < length - 1:',
    `    start, end, passed = ${highest}, last, (step - peak) / (length - 1 - peak)`,
    'else:',
    '    return last',
    `return ${shape}`,
  ]
}

function cyclicalLines(schedule: Choice): string[] {
  const unit = schedule.unit === 'steps' ? 'steps' : 'epochs'
  const rise = steps(Number(schedule.stepSize), unit)
  return [`rise, fall = ${rise}, ${typeof schedule.stepSizeDown === 'number' ? steps(schedule.stepSizeDown, unit) : rise}`, 'cycle, passed = divmod(step, rise + fall)']
}

function cyclicalHeight({ mode, gamma }: Choice): string {
  const heights: Readonly<Record<string, string>> = { triangular: '', triangular2: '2.0**-cycle * ', expRange: `${python(Number(gamma))} ** step * ` }
  return `${heights[String(mode)] ?? ''}min(passed / rise, (rise + fall - passed) / fall)`
}

/** A length in whole updates, at least one. */
function steps(length: number, unit: 'epochs' | 'steps'): string {
  return unit === 'steps' ? python(Math.max(1, Math.round(length))) : `max(1, int(${python(length)} * steps_per_epoch + 0.5))`
}
