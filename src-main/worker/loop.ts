import type { CheckpointReason, TrainingEvent } from '@shared/protocol/training'
import { issue, type Issue } from '@shared/spec/issue'
import type { ControlSource, LoopControl } from './control'
import { Pace } from './pace'
import { Recorder } from './recorder'
import type { Diagnostics } from './diagnostics'
import type { Snapshots } from './snapshots'
import { traceNonFinite } from './trace'
import type { Trainer } from './trainer'
import { BEST, type SavedRun } from './checkpoint'
import { Stopping } from './stopping'

/** Messages about points are sent at most this often; everything else at once. */
const REPORT_SECONDS = 0.1

export interface LoopContext {
  readonly runId: string
  readonly control: ControlSource
  readonly emit: (event: TrainingEvent) => void
  /** The issues that an error stands for; null for a bug. */
  readonly explain: (error: unknown) => readonly Issue[] | null
  /** Seconds of a steady clock. */
  readonly now: () => number
  /** Gives commands a chance to arrive. */
  readonly breathe: () => Promise<void>
  readonly stepsPerDispatch: number | null
  readonly save: (saved: SavedRun) => Promise<{ readonly hash: string; readonly bytes: number }>
  readonly load: (hash: string) => Promise<SavedRun>
  /** The checkpoint that the trainer was restored from, or null for a fresh start. */
  readonly restored: { readonly hash: string; readonly saved: SavedRun } | null
  /** Reports the model's answers; null where nobody looks, or there is nothing to show. */
  readonly snapshots: Snapshots | null
  /** Measures the training as it goes; null where it is off. */
  readonly diagnostics: Diagnostics | null
}

type Ending = 'done' | 'stopped' | 'interrupted'

/** Trains one run to its end, obeying the controls between dispatches. */
export class TrainingLoop {
  readonly #pace: Pace
  readonly #recorder = new Recorder()
  /** Training seconds before the clock was last started. */
  #elapsed: number
  #startedAt: number
  #reportedAt: number
  #savedAt: number
  #savedStep: number
  /** The newest checkpoint, by the hash of its content: its state was good. */
  #lastGood: { readonly hash: string; readonly step: number } | null
  #failed = false
  #paused = false
  #stepsToMake = Infinity
  #final: Record<string, number> = {}
  readonly #stopping: Stopping
  #best: Best | null
  /** Step of the last evaluation. */
  #evaluatedStep: number

  constructor(
    private readonly trainer: Trainer,
    private readonly context: LoopContext,
  ) {
    this.#pace = new Pace(context.stepsPerDispatch)
    this.#elapsed = context.restored?.saved.seconds ?? 0
    this.#startedAt = this.#reportedAt = this.#savedAt = context.now()
    this.#lastGood = context.restored === null ? null : { hash: context.restored.hash, step: context.restored.saved.step }
    this.#savedStep = context.restored?.saved.step ?? 0
    this.#final = { ...context.restored?.saved.final }
    this.#stopping = new Stopping(trainer.plan.stopping)
    this.#stopping.restore(context.restored?.saved.stopping ?? [])
    this.#best = context.restored === null ? null : bestOf(context.restored.saved)
    this.#evaluatedStep = this.#savedStep
  }

  /** What the user can mend (a checkpoint that finds no space) ends the run as failed; bugs are thrown. */
  async run(): Promise<void> {
    try {
      await this.#train()
    } catch (error) {
      const issues = this.context.explain(error)
      if (issues === null) throw error
      this.#report()
      this.context.emit({ type: 'failed', runId: this.context.runId, step: this.trainer.step, seconds: this.#seconds, issues })
    }
  }

  async #train(): Promise<void> {
    const { trainer } = this
    const { restored, snapshots } = this.context
    if (restored === null) await snapshots?.begin()
    while (trainer.step < trainer.totalSteps) {
      const ending = this.#stepsToMake <= 0 ? await this.#pause() : await this.#obey()
      if (this.#failed) return
      if (ending !== null) return await this.#end(ending)
      await this.context.diagnostics?.takeWhenDue(this.#seconds)
      const { badStep } = await this.#dispatch()
      if (badStep !== null) return await this.#fail(badStep)
      const reason = (this.#evaluationDue() ? await this.#evaluate() : null) ?? this.#stopping.timed(this.#seconds)
      if (reason !== null) return await this.#end('done', reason)
      if (trainer.atEpochEnd) await this.#checkpointWhenDue()
      if (this.#failed) return
    }
    await this.#end('done', this.#planned())
  }

  /** What ends a run that nothing ended before. */
  #planned(): Issue {
    const { epochs } = this.trainer.document.training
    const { totalSteps, layout } = this.trainer
    return totalSteps < epochs * layout.steps ? issue('stopped-steps', [], { steps: totalSteps }) : issue('stopped-epochs', [], { epochs })
  }

  get #seconds(): number {
    return this.#elapsed + (this.#paused ? 0 : this.context.now() - this.#startedAt)
  }

  async #dispatch(): Promise<{ readonly badStep: number | null }> {
    const from = this.#seconds
    const made = await this.trainer.advance(this.#limit())
    const to = this.#seconds
    this.#pace.measured(made.count, to - from)
    this.#stepsToMake -= made.count
    this.#recorder.add(made.firstStep, made.count, made.columns, from, to)
    if (this.context.now() - this.#reportedAt >= REPORT_SECONDS) this.#report()
    return made
  }

  /** Steps of the next dispatch: up to the pace, the next evaluation or measurement, the end, and what single-stepping allows. */
  #limit(): number {
    const { evaluateEvery } = this.trainer.document.training
    const untilEvaluation = evaluateEvery === 'epoch' ? Infinity : evaluateEvery.steps - (this.trainer.step % evaluateEvery.steps)
    const untilMeasured = this.context.diagnostics?.stepsUntilDue() ?? Infinity
    const left = this.trainer.totalSteps - this.trainer.step
    return Math.max(1, Math.min(this.#pace.steps, untilEvaluation, untilMeasured, this.#stepsToMake, left))
  }

  #report(): void {
    this.#reportedAt = this.context.now()
    const batch = this.#recorder.take()
    if (batch !== null) this.context.emit({ type: 'points', runId: this.context.runId, batch })
  }

  #evaluationDue(): boolean {
    const { evaluateEvery } = this.trainer.document.training
    return this.trainer.atEpochEnd || (evaluateEvery !== 'epoch' && this.trainer.step % evaluateEvery.steps === 0)
  }

  /** Returns why training ends, or null. */
  async #evaluate(): Promise<Issue | null> {
    const { trainer } = this
    this.#report()
    const metrics: Record<string, number> = {}
    if (trainer.atEpochEnd) {
      for (const [key, value] of Object.entries(trainer.sums.values().scalars)) metrics[`epoch.${key}`] = value
    }
    const validation = trainer.data.validation === null ? null : await trainer.evaluate('validation')
    for (const [key, value] of Object.entries(validation?.scalars ?? {})) metrics[`val.${key}`] = value
    this.#remember(metrics)
    this.#emitEvaluation(metrics, prefixed('val', validation?.matrices ?? {}))
    await this.context.snapshots?.takeWhenDue(this.#seconds)
    this.#evaluatedStep = trainer.step
    this.#react(metrics)
    const { reason, keep } = this.#stopping.evaluated(metrics)
    if (keep) this.#best = { step: trainer.step, final: { ...this.#final }, views: await trainer.readModel() }
    return reason
  }

  /** Shows the metrics to a schedule that reacts to one. */
  #react(metrics: Readonly<Record<string, number>>): void {
    const { plan, rate, step } = this.trainer
    if (plan.scheduleMonitor === null || !Object.hasOwn(metrics, plan.scheduleMonitor.key)) return
    const next = rate.react(step, metrics[plan.scheduleMonitor.key], plan.scheduleMonitor.sign)
    if (next !== null) this.#changeRate(next)
  }

  /** What the run ends with: training metrics are the last epoch's means. */
  #remember(metrics: Readonly<Record<string, number>>): void {
    for (const [key, value] of Object.entries(metrics)) this.#final[key.replace(/^epoch\./, 'train.')] = value
  }

  #emitEvaluation(metrics: Readonly<Record<string, number>>, matrices: Extract<TrainingEvent, { type: 'evaluated' }>['matrices']): void {
    const { step, epoch } = this.trainer
    this.context.emit({ type: 'evaluated', runId: this.context.runId, step, epoch, seconds: this.#seconds, metrics, matrices })
  }

  async #checkpointWhenDue(): Promise<void> {
    const interval = this.trainer.document.training.checkpointSeconds
    const due = this.context.now() - this.#savedAt >= interval && this.trainer.step < this.trainer.totalSteps
    if (due) await this.#checkpoint('schedule')
  }

  /** Writes the state unless it is bad: then the run fails and the last good checkpoint stays. */
  async #checkpoint(reason: CheckpointReason): Promise<void> {
    const { trainer, context } = this
    if (trainer.step === this.#savedStep) return
    this.#report()
    const views = await trainer.readViews()
    if (![...views.values()].every(allFinite)) {
      await this.#fail(trainer.step)
      return
    }
    const saved: SavedRun = { step: trainer.step, seconds: this.#seconds, rateChanges: trainer.rate.changes, scheduleMemory: trainer.rate.memory, sums: trainer.sums.save(), final: this.#final, stopping: this.#stopping.save(), ...savedBest(this.#best, views) }
    const { hash, bytes } = await context.save(saved)
    this.#lastGood = { hash, step: trainer.step }
    this.#savedStep = trainer.step
    this.#savedAt = context.now()
    context.emit({ type: 'checkpoint', runId: context.runId, step: trainer.step, epoch: trainer.epoch, hash, bytes, reason })
  }

  /** Takes commands that have come; null to go on, otherwise how the run ends. */
  async #obey(): Promise<Ending | null> {
    await this.context.breathe()
    for (;;) {
      const control = this.context.control.poll()
      if (control === null) return null
      const ending = await this.#handle(control)
      if (ending !== null) return ending
    }
  }

  async #handle(control: LoopControl): Promise<Ending | null> {
    switch (control.type) {
      case 'pause':
        return await this.#pause()
      case 'resume':
        return null
      case 'step':
        this.#stepsToMake = 1
        return null
      case 'stop':
        return control.as
      case 'learningRate':
        this.#changeRate(control.value)
        return null
      case 'model':
        await this.#give(control)
        return null
    }
  }

  /** A copy: whoever asked does with it what they like, beside the training. */
  async #give({ give }: Extract<LoopControl, { type: 'model' }>): Promise<void> {
    give({ step: this.trainer.step, views: await this.trainer.readModel() })
  }

  #changeRate(value: number): void {
    const { step, rate } = this.trainer
    const factor = rate.change(step, value)
    this.context.emit({ type: 'learningRateChanged', runId: this.context.runId, step, value, factor })
  }

  /** Waits until told to go on; returns an ending when told to stop. */
  async #pause(): Promise<Ending | null> {
    const { context, trainer } = this
    this.#stepsToMake = Infinity
    if (trainer.step >= trainer.totalSteps) return null
    await this.#checkpoint('pause')
    if (this.#failed) return null
    await context.snapshots?.take(this.#seconds)
    this.#elapsed = this.#seconds
    this.#paused = true
    context.emit({ type: 'paused', runId: context.runId, step: trainer.step })
    let ending: Ending | null = null
    for (let waiting = true; waiting; ) {
      const control = await context.control.next()
      if (control.type === 'learningRate') this.#changeRate(control.value)
      if (control.type === 'stop') ending = control.as
      if (control.type === 'step') this.#stepsToMake = 1
      if (control.type === 'model') await this.#give(control)
      waiting = control.type === 'learningRate' || control.type === 'model' || control.type === 'pause'
    }
    this.#paused = false
    this.#startedAt = context.now()
    if (ending === null) context.emit({ type: 'resumed', runId: context.runId, step: trainer.step })
    return ending
  }

  async #end(status: Ending, reason: Issue | null = null): Promise<void> {
    const { trainer, context } = this
    this.#report()
    if (status === 'done') await this.#conclude()
    await this.#checkpoint(status === 'done' ? 'end' : 'stop')
    if (this.#failed) return
    const seconds = this.#seconds
    if (status === 'done' && trainer.data.test !== null) {
      const test = await trainer.evaluate('test')
      const metrics = prefixed('test', test.scalars)
      this.#remember(metrics)
      this.#emitEvaluation(metrics, prefixed('test', test.matrices))
    }
    // A host that quits does not wait for pictures.
    if (status !== 'interrupted') await context.snapshots?.end(seconds)
    context.emit({ type: 'finished', runId: context.runId, status, step: trainer.step, epoch: trainer.epoch, seconds, samples: trainer.samples, final: this.#final, reason, restored: status === 'done' ? (this.#best?.step ?? null) : null })
  }

  /** What a run that is done leaves: evaluated where it ended, and the best weights where they are asked for. */
  async #conclude(): Promise<void> {
    const { trainer } = this
    if (this.#evaluatedStep !== trainer.step) {
      this.#remember(prefixed('epoch', trainer.sums.values().scalars))
      await this.#evaluate()
    }
    if (this.#best === null) return
    this.#final = { ...this.#best.final }
    await trainer.replaceModel(this.#best.views)
    this.#savedStep = -1
  }

  /** Ends a run whose numbers went bad, saying where it began. */
  async #fail(badStep: number): Promise<void> {
    const { trainer, context } = this
    this.#report()
    const seconds = this.#seconds
    const learningRate = trainer.rate.at(badStep - 1)
    this.#failed = true
    const place = await traceNonFinite(trainer, badStep, this.#lastGood === null ? null : await context.load(this.#lastGood.hash))
    const where = { step: place.step, place: place.scope, op: place.op, learningRate }
    const found = this.#lastGood === null ? issue('training-not-finite-unsaved', ['training'], where) : issue('training-not-finite', ['training'], { ...where, checkpoint: this.#lastGood.step })
    context.emit({ type: 'failed', runId: context.runId, step: badStep, seconds, issues: [found] })
  }
}

/** A moment worth going back to. */
interface Best {
  readonly step: number
  /** What the run would have ended with. */
  readonly final: Readonly<Record<string, number>>
  /** Weights and statistics by name. */
  readonly views: ReadonlyMap<string, Float32Array>
}

function savedBest(best: Best | null, views: ReadonlyMap<string, Float32Array>): Pick<SavedRun, 'best' | 'views'> {
  if (best === null) return { best, views }
  return { best: { step: best.step, final: best.final }, views: new Map([...views, ...[...best.views].map(([name, data]) => [`${BEST}${name}`, data] as const)]) }
}

function bestOf({ best, views }: SavedRun): Best | null {
  if (best === null) return null
  return { ...best, views: new Map([...views].flatMap(([name, data]) => (name.startsWith(BEST) ? [[name.slice(BEST.length), data] as const] : []))) }
}

function allFinite(values: Float32Array): boolean {
  return values.every((value) => Number.isFinite(value))
}

function prefixed<T>(part: string, values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${part}.${key}`, value]))
}
