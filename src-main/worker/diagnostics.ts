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
  /** Seconds that the last probe took, the first one's compilation left out. */
  #cost = 0
  /** Seconds spent on curvature so far, compilation included. */
  #spent = 0
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
    await this.#watchUpdates(seconds)
    if (!trainer.nextIsWhole || trainer.step === this.#takenStep || this.#comparing || !this.#due(seconds)) return
    this.#takenAt = seconds
    this.#takenStep = trainer.step
    const layers = await this.#measureLayers()
    const record: DiagnosticsRecord = { learningRate: trainer.rate.at(trainer.step), layers, ...this.#cosine(), ...(await this.#measureCurvature(seconds)) }
    // Measurements so close to each other share the updates between them.
    if (this.plan.everySteps === null || this.plan.everySteps > COMPARED) this.#weights = []
    this.emit({ type: 'diagnostics', runId: this.runId, step: trainer.step, seconds, record })
  }

  async #measureLayers(): Promise<DiagnosticsRecord['layers']> {
    const { trainer, plan } = this
    const probe = (this.#probe ??= probeProgram(trainer.plan, trainer.layout.batchSize, plan))
    if (this.#cost === 0) await trainer.probe('probe', () => probe.program)
    const from = this.now()
    const values = await trainer.probe('probe', () => probe.program)
    this.#cost = this.now() - from
    return readProbe(probe, values[PROBE])
  }

  async #measureCurvature(seconds: number): Promise<Pick<DiagnosticsRecord, 'sharpness' | 'noiseScale'>> {
    if (this.#curvature === null || !this.#affordable(this.#curvature, seconds)) return {}
    const from = this.now()
    const found = await this.#curvature.measure()
    this.#spent += this.now() - from
    return found
  }

  /** Half of the budget is for curvature: it waits until what it may cost is there. */
  #affordable(curvature: Curvature, seconds: number): boolean {
    if (this.plan.everySteps !== null) return true
    const compilation = this.#spent === 0 ? COMPILATION_SECONDS : 0
    return this.#spent + compilation + curvature.gradients * this.#cost <= (this.plan.budget / 2) * seconds
  }

  #due(seconds: number): boolean {
    const { everySteps, budget, curvature } = this.plan
    if (everySteps !== null) return this.trainer.step % everySteps === 0
    const share = curvature ? budget / 2 : budget
    return seconds - this.#takenAt >= Math.max(LEAST_SECONDS, SHARE_OF_RUN * seconds, this.#cost / share)
  }

  /** Updates are being compared, and more are needed before the measurement that goes with them. */
  get #comparing(): boolean {
    return this.plan.everySteps === null && this.#weights.length > 0 && this.#weights.length <= COMPARED
  }

  /** Keeps the weights before and after the two updates that come before a measurement. */
  async #watchUpdates(seconds: number): Promise<void> {
    if (this.#curvature === null) return
    const { trainer, plan } = this
    const { everySteps } = plan
    const begun = this.#weights.length > 0
    const left = everySteps === null ? null : (everySteps - (trainer.step % everySteps)) % everySteps
    const wanted = left === null ? begun || (this.#takenStep >= 0 && this.#spent <= (plan.budget / 2) * seconds && this.#due(seconds)) : left <= COMPARED
    if (!wanted) this.#weights = []
    if (!wanted || this.#weights.at(-1)?.step === trainer.step) return
    const from = this.now()
    const views = await trainer.readViews()
    const values = trainer.plan.layout.weights.map(({ fullName }) => views.get(fullName) ?? new Float32Array(0))
    this.#spent += this.now() - from
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
