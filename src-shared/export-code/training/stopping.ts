import type { Monitor, StopRule, TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { call, indent, python, type PythonValue } from '../python/literal'
import { penaltiesOf } from './penalties'

/** How a framework takes a model's weights out and puts them back; Python with `model` and `weights`. */
export interface WeightAccess {
  readonly copy: string
  readonly put: string
}

/** A document's stopping rules in Python. */
export interface StoppingCode {
  /** Classes of the rules, and `ended(rules, recorded, model)`. */
  readonly definitions: readonly string[]
  /** `("val.loss", EarlyStopping(…))` for each rule that looks at what is recorded. */
  readonly rules: readonly string[]
  /** Whether a rule keeps the best weights. */
  readonly restores: boolean
  /** Most updates, and most seconds of training; null where no rule bounds them. */
  readonly steps: number | null
  readonly seconds: number | null
  readonly monitors: readonly Monitor[]
}

export function stoppingCode({ stopping }: TrainingPlan, access: WeightAccess, framework: string): StoppingCode {
  const looking = stopping.flatMap(({ options, monitor }) => (monitor === null ? [] : [{ options, monitor }]))
  const restores = looking.filter(({ options }) => options.restoreBest === true).length
  if (restores > 1) refuse('export-training-unsupported', [], { setting: 'stopping: two rules that restore the best weights', framework })
  const classes = [...new Set(looking.map(({ options }) => String(options.type)))].map((type) => classOf(type, access))
  const limits = (option: 'steps' | 'seconds'): number | null => stopping.reduce<number | null>((least, { options }) => (options.type === option ? Math.min(least ?? Infinity, Number(options[option])) : least), null)
  return {
    definitions: looking.length === 0 ? [] : [...classes, ENDED],
    rules: looking.map(({ options, monitor }) => `(${python(monitor.key)}, ${construction(options, monitor)})`),
    restores: restores > 0,
    steps: limits('steps'),
    seconds: limits('seconds'),
    monitors: looking.map(({ monitor }) => monitor),
  }
}

const ENDED = `def ended(rules, recorded, model):
    """Shows every rule the value that it looks at; whether one of them ends training."""
    return any([rule.ends(recorded[name], model) for name, rule in rules if name in recorded])`

function construction(options: StopRule['options'], { sign }: Monitor): string {
  const higher: Record<string, PythonValue> = sign === 1 ? {} : { higher: true }
  const number = (name: string): number => Number(options[name])
  switch (options.type) {
    case 'earlyStopping':
      return call('EarlyStopping', [], { patience: number('patience'), ...(number('minDelta') === 0 ? {} : { min_delta: number('minDelta') }), ...higher, ...(options.restoreBest === true ? { restore_best_weights: true } : {}) })
    case 'target':
      return call('Target', [number('value')], higher)
    case 'gradientNorm':
      return call('ShortGradient', [number('bound')])
    case 'convergence':
      return call('Convergence', [], { bound: number('bound'), patience: number('patience') })
    default:
      throw new Error(`no Python form of the stopping rule ${String(options.type)}`)
  }
}

function classOf(type: string, { copy, put }: WeightAccess): string {
  switch (type) {
    case 'earlyStopping':
      return `class EarlyStopping:
    """Ends training when a value has not improved for some evaluations."""

    def __init__(self, patience, min_delta=0, higher=False, restore_best_weights=False):
        self.patience, self.min_delta, self.sign, self.keeps = patience, min_delta, -1 if higher else 1, restore_best_weights
        self.best, self.waited, self.weights = float("inf"), 0, None

    def ends(self, value, model):
        self.waited += 1
        if self.sign * value < self.best - self.min_delta:
            self.best, self.waited = self.sign * value, 0
            if self.keeps:
                self.weights = ${copy}
        return self.waited >= self.patience

    def restore(self, model):
        if self.weights is not None:
            ${put.replace(/\bweights\b/, 'self.weights')}`
    case 'target':
      return `class Target:
    """Ends training when a value is good enough."""

    def __init__(self, value, higher=False):
        self.value, self.higher = value, higher

    def ends(self, value, model):
        return value >= self.value if self.higher else value <= self.value`
    case 'gradientNorm':
      return `class ShortGradient:
    """Ends training when the mean norm of an epoch's gradients is short."""

    def __init__(self, bound):
        self.bound = bound

    def ends(self, value, model):
        return value < self.bound`
    case 'convergence':
      return `class Convergence:
    """Ends training when a value hardly changes, measured by its own size, so many times in a row."""

    def __init__(self, bound, patience=1):
        self.bound, self.patience, self.previous, self.still = bound, patience, None, 0

    def ends(self, value, model):
        quiet = self.previous is not None and abs(value - self.previous) < self.bound * abs(self.previous)
        self.previous, self.still = value, self.still + 1 if quiet else 0
        return self.still >= self.patience`
    default:
      throw new Error(`no Python form of the stopping rule ${type}`)
  }
}

/** Whether Keras's own callbacks look at what Descent's rules look at: its losses hold the penalties, they look at the end
 *  of epochs alone, and averaged weights are not in place then. */
export function kerasLooksAlike({ training }: ExperimentDocument, plan: TrainingPlan, { key }: Monitor): boolean {
  return key === 'val.loss' && training.evaluateEvery === 'epoch' && penaltiesOf(plan).size === 0 && plan.averaging?.use !== true
}

/** Keras's own callback for the document's only stopping rule; null where the script brings the rules along. */
export function kerasEarlyStopping(document: ExperimentDocument, plan: TrainingPlan): string | null {
  const [rule, ...others] = plan.stopping
  if (plan.stopping.length === 0 || others.length > 0 || rule.options.type !== 'earlyStopping' || rule.monitor === null || !kerasLooksAlike(document, plan, rule.monitor)) return null
  const { options, monitor } = rule
  return call('keras.callbacks.EarlyStopping', [], { monitor: 'val_loss', mode: monitor.sign === 1 ? 'min' : 'max', patience: Number(options.patience), min_delta: Number(options.minDelta), restore_best_weights: options.restoreBest === true })
}

/** A block of `rules = […]`, one to a line. */
export function rulesLines({ rules }: Pick<StoppingCode, 'rules'>): string[] {
  if (rules.length === 0) return []
  return rules.length === 1 ? [`rules = [${rules[0]}]`] : ['rules = [', ...rules.map((rule) => indent(`${rule},`)), ']']
}
