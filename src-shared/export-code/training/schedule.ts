import type { Choice } from '@shared/catalog/choice'
import { refuse } from '@shared/spec/issue'
import { indent, python } from '../python/literal'

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
  switch (schedule.type) {
    case 'constant':
      return ['return LEARNING_RATE']
    case 'linear':
      return [...progressLines(schedule, unit), `return LEARNING_RATE + (${python(number('finalRate'))} - LEARNING_RATE) * progress`]
    case 'cosine':
      return [...progressLines(schedule, unit), `return ${python(number('finalRate'))} + (LEARNING_RATE - ${python(number('finalRate'))}) * (1 + math.cos(math.pi * progress)) / 2`]
    case 'step':
      return [`return LEARNING_RATE * ${python(number('gamma'))} ** (step // ${steps(number('stepSize'), unit)})`]
    case 'exponential': {
      const periods = `step / ${steps(number('every'), unit)}`
      return [`return LEARNING_RATE * ${python(number('gamma'))} ** ${schedule.staircase === true ? `math.floor(${periods})` : `(${periods})`}`]
    }
    default:
      return refuse('export-schedule-unsupported', [], { schedule: schedule.type })
  }
}

function progressLines(schedule: Choice, unit: 'epochs' | 'steps'): string[] {
  const length = typeof schedule.duration === 'number' ? steps(schedule.duration, unit) : 'total'
  return [`length = ${length}`, 'progress = min(step / length, 1) if length > 0 else 1']
}

/** A length in whole updates, at least one. */
function steps(length: number, unit: 'epochs' | 'steps'): string {
  return unit === 'steps' ? python(Math.max(1, Math.round(length))) : `max(1, int(${python(length)} * steps_per_epoch + 0.5))`
}
