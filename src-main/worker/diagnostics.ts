import { PROBE, probeProgram, readProbe, type Probe } from '@shared/compile'
import type { TrainingEvent } from '@shared/protocol/training'
import { DEFAULT_BUDGET, type DiagnosticsChoice } from '@shared/spec/diagnostics'
import type { Trainer } from './trainer'

/** Training seconds between two measurements at least; more in long runs, so that the history grows with the logarithm of time. */
const LEAST_SECONDS = 0.1
const SHARE_OF_RUN = 0.01

export interface DiagnosticsPlan {
  /** Share of the training time. */
  readonly budget: number
  /** Measures before every so many updates, whatever it costs; null goes by the budget. */
  readonly everySteps: number | null
  readonly histograms: boolean
}

/** What the document asks for; `watched`: somebody may look at the run. Null is off. */
export function planDiagnostics(choice: DiagnosticsChoice, watched: boolean): DiagnosticsPlan | null {
  if (choice === 'off' || (choice === 'auto' && !watched)) return null
  if (choice === 'auto') return { budget: DEFAULT_BUDGET, everySteps: null, histograms: true }
  return { ...choice, everySteps: choice.everySteps ?? null }
}

type Emit = (event: TrainingEvent) => void

/**
 * Measures a run beside its training. Reads the model's state and changes nothing: the clock decides which updates are
 * looked at, never what they do.
 */
export class Diagnostics {
  #probe: Probe | null = null
  #takenAt = -Infinity
  #takenStep = -1
  /** Seconds that the last measurement took, the first one's compilation left out. */
  #cost = 0

  constructor(
    private readonly plan: DiagnosticsPlan,
    private readonly trainer: Trainer,
    private readonly emit: Emit,
    private readonly runId: string,
    private readonly now: () => number,
  ) {}

  /** Updates that may be made before the next measurement: the training must not run past its step. */
  stepsUntilDue(): number {
    const { everySteps } = this.plan
    return everySteps === null ? Infinity : everySteps - (this.trainer.step % everySteps)
  }

  /** Measures the update that comes next if it is time after `seconds` of training. */
  async takeWhenDue(seconds: number): Promise<void> {
    const { trainer } = this
    if (!trainer.nextIsWhole || trainer.step === this.#takenStep || !this.#due(seconds)) return
    this.#takenAt = seconds
    this.#takenStep = trainer.step
    const probe = (this.#probe ??= probeProgram(trainer.plan, trainer.layout.batchSize, this.plan))
    const compiled = this.#cost > 0
    if (!compiled) await trainer.probe('probe', () => probe.program)
    const from = this.now()
    const values = await trainer.probe('probe', () => probe.program)
    this.#cost = this.now() - from
    const record = { learningRate: trainer.rate.at(trainer.step), layers: readProbe(probe, values[PROBE]) }
    this.emit({ type: 'diagnostics', runId: this.runId, step: trainer.step, seconds, record })
  }

  #due(seconds: number): boolean {
    const { everySteps, budget } = this.plan
    if (everySteps !== null) return this.trainer.step % everySteps === 0
    return seconds - this.#takenAt >= Math.max(LEAST_SECONDS, SHARE_OF_RUN * seconds, this.#cost / budget)
  }
}
