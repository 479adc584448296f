import { PROBE, probeProgram, readProbe, type Probe } from '@shared/compile'
import type { DiagnosticsRecord } from '@shared/diagnostics/record'
import { cosine, difference } from '@shared/diagnostics/vectors'
import type { TrainingEvent } from '@shared/protocol/training'
import { DEFAULT_BUDGET, type DiagnosticsChoice } from '@shared/spec/diagnostics'
import { Curvature } from './curvature'
import type { Trainer } from './trainer'

/** Training seconds between two measurements at least; more in long runs, so that the history grows with the logarithm of time. */
const LEAST_SECONDS = 0.1
const SHARE_OF_RUN = 0.01
/** Seconds that compiling the programs of curvature is taken to cost before it is known. */
const COMPILATION_SECONDS = 0.5
/** Updates before a measurement that are compared with each other. */
const COMPARED = 2

export interface DiagnosticsPlan {
  /** Share of the training time. */
  readonly budget: number
  /** Measures before every so many updates, whatever it costs; null goes by the budget. */
  readonly everySteps: number | null
  readonly histograms: boolean
  /** Sharpness, noise scale and the updates' cosine too. */
  readonly curvature: boolean
}

/** What the document asks for; `watched`: somebody may look at the run. Null is off. */
export function planDiagnostics(choice: DiagnosticsChoice, watched: boolean): DiagnosticsPlan | null {
  if (choice === 'off' || (choice === 'auto' && !watched)) return null
  if (choice === 'auto') return { budget: DEFAULT_BUDGET, everySteps: null, histograms: true, curvature: true }
  return { ...choice, everySteps: choice.everySteps ?? null }
}

type Emit = (event: TrainingEvent) => void

/**
 * Measures a run beside its training. Reads the model's state and changes nothing: the clock decides which updates are
 * looked at, never what they do.
 */
export class Diagnostics {
  readonly #curvature: Curvature | null
  #probe: Probe | null = null
  #takenAt = -Infinity
  #takenStep = -1
  /** Training seconds when this began to measure: a run that goes on has not saved up for it. */
  #since: number | null = null
  /** Seconds that the last measurement took, without compilation and curvature. */
  #cost = 0
  /** Seconds that probes and comparisons of updates took so far. */
  #probing = 0
  /** Seconds spent on curvature so far, compilation included: half of the budget is for it. */
  #spent = 0
  /** Seconds that measuring it will take, as the last time tells; null before. */
  #needed: number | null = null
  /** Weights before the newest updates, while they are compared. */
  #weights: { readonly step: number; readonly values: readonly Float32Array[] }[] = []

  constructor(
    private readonly plan: DiagnosticsPlan,
    private readonly trainer: Trainer,
    private readonly emit: Emit,
    private readonly runId: string,
    private readonly now: () => number,
  ) {
    this.#curvature = plan.curvature ? new Curvature(trainer) : null
  }

  /** Updates that may be made before this has to look again: the training must not run past a measurement, nor past the
   *  updates that are compared before it. */
  stepsUntilDue(): number {
    const { everySteps } = this.plan
    if (this.#weights.length > 0) return 1
    if (everySteps === null) return Infinity
    const left = everySteps - (this.trainer.step % everySteps)
    return this.#curvature !== null && left > COMPARED ? left - COMPARED : this.#curvature === null ? left : 1
  }

  /** Measures the update that comes next if it is time after `seconds` of training. */
  async takeWhenDue(seconds: number): Promise<void> {
    const { trainer } = this
    this.#since ??= seconds
    await this.#watchUpdates(seconds)
    if (!trainer.nextIsWhole || trainer.step === this.#takenStep || !this.#ready(seconds)) return
    this.#takenAt = seconds
    this.#takenStep = trainer.step
    const probe = await this.#prepared()
    const from = this.now()
    const values = await trainer.probe(PROBE, () => probe.program)
    const found = { learningRate: trainer.rate.at(trainer.step), layers: readProbe(probe, values[PROBE]), ...this.#cosine() }
    this.#cost = this.now() - from
    this.#probing += this.#cost
    const record: DiagnosticsRecord = { ...found, ...(await this.#measureCurvature(seconds)) }
    // Measurements so close to each other share the updates between them.
    if (this.plan.everySteps === null || this.plan.everySteps > COMPARED) this.#weights = []
    this.emit({ type: 'diagnostics', runId: this.runId, step: trainer.step, seconds, record })
  }

  /** The probe; the first time it is compiled, which does not count. */
  async #prepared(): Promise<Probe> {
    if (this.#probe !== null) return this.#probe
    const { trainer, plan } = this
    const probe = probeProgram(trainer.plan, trainer.layout.batchSize, plan)
    await trainer.probe(PROBE, () => probe.program)
    return (this.#probe = probe)
  }

  async #measureCurvature(seconds: number): Promise<Pick<DiagnosticsRecord, 'sharpness' | 'noiseScale'>> {
    if (this.#curvature === null) return {}
    const allowed = this.plan.everySteps === null ? this.#earned(seconds) - this.#spent : Infinity
    const expected = this.#needed ?? COMPILATION_SECONDS + this.#curvature.gradients * this.#cost
    if (expected > allowed) return {}
    const from = this.now()
    const found = await this.#curvature.measure(() => this.now() - from > allowed)
    const took = this.now() - from
    this.#spent += took
    this.#needed = found === null ? 2 * took : took
    return found ?? {}
  }

  #due(seconds: number): boolean {
    const { everySteps } = this.plan
    if (everySteps !== null) return this.trainer.step % everySteps === 0
    return seconds - this.#takenAt >= Math.max(LEAST_SECONDS, SHARE_OF_RUN * seconds) && (this.#probe === null || this.#probing + this.#cost <= this.#earned(seconds))
  }

  /** Seconds that probes, and again that curvature, may have taken by now. */
  #earned(seconds: number): number {
    const { budget, curvature } = this.plan
    return (curvature ? budget / 2 : budget) * (seconds - (this.#since ?? seconds))
  }

  /** It is time, and the updates that are compared before a measurement have been made: once they are, nothing else is
   *  asked. */
  #ready(seconds: number): boolean {
    if (this.plan.everySteps === null && this.#weights.length > 0) return this.#weights.length > COMPARED
    return this.#due(seconds)
  }

  /** Keeps the weights before and after the two updates that come before a measurement. */
  async #watchUpdates(seconds: number): Promise<void> {
    if (this.#curvature === null) return
    const { trainer, plan } = this
    const { everySteps } = plan
    const begun = this.#weights.length > 0
    const left = everySteps === null ? null : (everySteps - (trainer.step % everySteps)) % everySteps
    const wanted = left === null ? begun || (this.#takenStep >= 0 && this.#due(seconds)) : left <= COMPARED
    if (!wanted) this.#weights = []
    if (!wanted || this.#weights.at(-1)?.step === trainer.step) return
    const from = this.now()
    const views = await trainer.readViews()
    const values = trainer.plan.layout.weights.map(({ fullName }) => views.get(fullName) ?? new Float32Array(0))
    this.#probing += this.now() - from
    this.#weights = [...this.#weights.slice(-COMPARED), { step: trainer.step, values }]
  }

  /** Of the angle between the two newest updates, where both were watched. */
  #cosine(): Pick<DiagnosticsRecord, 'cosine'> {
    const [before, between, after] = this.#weights
    if (after === undefined || after.step !== before.step + COMPARED) return {}
    const first = joined(between.values.map((values, index) => difference(values, before.values[index])))
    const second = joined(after.values.map((values, index) => difference(values, between.values[index])))
    const found = cosine(first, second)
    return { cosine: Number.isFinite(found) ? Number(found.toPrecision(6)) : null }
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
