import type { Choice } from '@shared/catalog/choice'
import { refuse } from '@shared/spec/issue'
import { call, indent, python } from '../python/literal'

/** Keras's callback for a schedule that reacts; throws an `IssueError` where it would act otherwise. */
export function kerasPlateau(schedule: Choice | undefined, { penalized, everyEpoch }: { readonly penalized: boolean; readonly everyEpoch: boolean }): string[] {
  if (schedule?.type !== 'plateau') return []
  // Keras's own losses hold the penalties, and it looks at the end of epochs alone.
  const alike = schedule.monitor === 'val.loss' && schedule.relative !== true && schedule.warmup === undefined && everyEpoch && !penalized
  if (!alike) return refuse('export-schedule-unsupported', [], { schedule: schedule.type })
  const number = (name: string): number => Number(schedule[name])
  return [call('keras.callbacks.ReduceLROnPlateau', [], { monitor: 'val_loss', mode: schedule.direction === 'higher' ? 'max' : 'min', factor: number('factor'), patience: number('patience'), min_delta: number('minDelta'), cooldown: number('cooldown'), min_lr: number('minRate') })]
}

/** What no script can do yet: momentum that moves. */
export function refuseCycling(schedule: Choice | undefined, framework: string): void {
  if (schedule?.momentum !== undefined) refuse('export-training-unsupported', [], { setting: 'schedule.momentum', framework })
}

/** Whether every update has the base rate. */
export function isConstant(schedule: Choice | undefined): boolean {
  return schedule === undefined || (schedule.type === 'constant' && schedule.warmup === undefined)
}

/** `learning_rate(step, steps_per_epoch)` in Python: of the update after `step` others. */
export function scheduleCode(schedule: Choice): string {
  const lines = [...warmupLines(schedule.warmup as { readonly steps?: number; readonly epochs?: number; readonly from: number } | undefined), ...decayLines(schedule)]
  return `def learning_rate(step, steps_per_epoch):
    """Of the update after \`step\` others."""
    total = EPOCHS * steps_per_epoch
${indent(lines.join('\n'))}`
}

function warmupLines(warmup: { readonly steps?: number; readonly epochs?: number; readonly from: number } | undefined): string[] {
  if (warmup === undefined) return []
  const length = warmup.steps === undefined ? steps(warmup.epochs ?? 0, 'epochs') : python(warmup.steps)
  return [
    `warmup = ${length}`,
    'if step < warmup:',
    `    return ${python(warmup.from)} + (LEARNING_RATE - ${python(warmup.from)}) * step / warmup`,
    'step, total = step - warmup, total - warmup',
  ]
}

function decayLines(schedule: Choice): string[] {
  const number = (name: string): number => Number(schedule[name])
  const unit = schedule.unit === 'steps' ? 'steps' : 'epochs'
  const final = python(number('finalRate'))
  switch (schedule.type) {
    case 'constant':
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
      return oneCycleLines(schedule, unit)
    case 'cyclical':
      return cyclicalLines(schedule, unit)
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

function oneCycleLines(schedule: Choice, unit: 'epochs' | 'steps'): string[] {
  const shape = schedule.anneal === 'linear' ? 'start + (end - start) * passed' : 'end + (start - end) * (1 + math.cos(math.pi * passed)) / 2'
  return [
    `length = ${typeof schedule.duration === 'number' ? steps(schedule.duration, unit) : 'total'}`,
    `first = LEARNING_RATE / ${python(Number(schedule.startDivisor))}`,
    `last = first / ${python(Number(schedule.finalDivisor))}`,
    `peak = max(${python(Number(schedule.riseFraction))} * length - 1, 0)`,
    'if step < peak:',
    '    start, end, passed = first, LEARNING_RATE, step / peak',
    'elif step < length - 1:',
    '    start, end, passed = LEARNING_RATE, last, (step - peak) / (length - 1 - peak)',
    'else:',
    '    return last',
    `return ${shape}`,
  ]
}

function cyclicalLines(schedule: Choice, unit: 'epochs' | 'steps'): string[] {
  const rise = steps(Number(schedule.stepSize), unit)
  const heights: Readonly<Record<string, string>> = { triangular: '1', triangular2: '2.0**-cycle', expRange: `${python(Number(schedule.gamma))} ** step` }
  return [
    `lowest = ${typeof schedule.minRate === 'number' ? python(schedule.minRate) : 'LEARNING_RATE / 4'}`,
    `rise, fall = ${rise}, ${typeof schedule.stepSizeDown === 'number' ? steps(schedule.stepSizeDown, unit) : rise}`,
    'cycle, passed = divmod(step, rise + fall)',
    `height = ${heights[String(schedule.mode)] ?? '1'}`,
    'return lowest + (LEARNING_RATE - lowest) * height * min(passed / rise, (rise + fall - passed) / fall)',
  ]
}

/** A length in whole updates, at least one. */
function steps(length: number, unit: 'epochs' | 'steps'): string {
  return unit === 'steps' ? python(Math.max(1, Math.round(length))) : `max(1, int(${python(length)} * steps_per_epoch + 0.5))`
}
