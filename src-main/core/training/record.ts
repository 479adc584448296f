import type { HistoryApi, NewEvent } from '@main/core/history'
import type { RunFacts, TrainingEvent } from '@shared/protocol/training'

type JsonValue = Exclude<NewEvent['data'], undefined>

/** Matrices and snapshots wait at most this long for company: each write to the disk costs milliseconds, an epoch may cost less. */
const WAIT_SECONDS = 0.5

/** Turns what a worker reports about one run into history. */
export class RunRecorder {
  #waiting: NewEvent[] = []
  #writtenAt = 0

  #facts: RunFacts | null = null
  /** Training seconds at the last event, for events that carry none. */
  #seconds = 0

  constructor(
    private readonly history: HistoryApi,
    private readonly runId: string,
    private readonly versions: Readonly<Record<string, string>>,
    /** Seconds of a steady clock. */
    private readonly now: () => number,
  ) {}

  record(event: TrainingEvent): void {
    const { history, runId } = this
    if (event.type !== 'points' && event.type !== 'evaluated' && event.type !== 'snapshot' && event.type !== 'diagnostics') this.flush()
    switch (event.type) {
      case 'prepared':
        return this.#prepared(event.facts)
      case 'points': {
        const { batch } = event
        const last = batch.firstStep + batch.count - 1
        this.#seconds = batch.seconds[batch.count - 1]
        const steps = Float64Array.from({ length: batch.count }, (_, index) => batch.firstStep + index)
        return history.appendPoints(runId, { steps, times: batch.seconds, columns: batch.columns, progress: this.#progress(last, this.#seconds) })
      }
      case 'evaluated':
        return this.#evaluated(event)
      case 'snapshot':
        // Plain data: numbers and base64.
        return this.#later({ kind: 'snapshot', step: event.step, time: event.seconds, data: event.snapshot as unknown as JsonValue })
      case 'diagnostics':
        return this.#later({ kind: 'diagnostics', step: event.step, time: event.seconds, data: event.record as unknown as JsonValue })
      case 'pictures':
        return this.#later({ kind: 'pictures', step: event.step, time: event.seconds, data: event.pictures as unknown as JsonValue })
      case 'checkpoint': {
        const { step, epoch, hash, bytes, reason } = event
        history.addArtifact(runId, { kind: 'checkpoint', step, epoch, hash, bytes, label: reason })
        return this.#keepNewestCheckpoints()
      }
      case 'paused':
        history.updateRun(runId, { status: 'paused' })
        return this.#note('pause', event.step)
      case 'resumed':
        history.updateRun(runId, { status: 'running' })
        return this.#note('resume', event.step)
      case 'learningRateChanged':
        return this.#note('hyperparameters', event.step, { learningRate: event.value, factor: event.factor })
      case 'finished': {
        const { status, step, seconds, final, reason, restored } = event
        history.updateRun(runId, { status, progress: this.#progress(step, seconds) })
        return this.#note('finished', step, { final: finiteOnly(final), reason: reason as unknown as JsonValue, restored })
      }
      case 'failed':
        // A run that could not go on keeps the progress that it had.
        return history.updateRun(runId, { status: 'failed', errors: event.issues, ...(this.#facts === null ? {} : { progress: this.#progress(event.step, event.seconds) }) })
      case 'crashed':
        history.updateRun(runId, { status: 'failed', errors: [{ code: 'run-crashed', path: [], args: { reason: event.message } }] })
        return this.#note('crash', 0, { message: event.message, stack: event.stack })
    }
  }

  #prepared(facts: RunFacts): void {
    this.#facts = facts
    const { device, threads, engineVersion, contentHash } = facts
    const [engine] = device.split('-')
    this.history.updateRun(this.runId, {
      status: 'running',
      datasetHash: contentHash,
      environment: { engine, device, threads, versions: { ...this.versions, [engine]: engineVersion } },
    })
    // The facts are plain data: shapes, counts, names and fitted scales.
    this.#note('prepared', 0, facts as unknown as JsonValue)
  }

  #evaluated({ step, seconds, metrics, matrices }: Extract<TrainingEvent, { type: 'evaluated' }>): void {
    const columns = Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, [value]]))
    if (Object.keys(columns).length > 0) this.history.appendPoints(this.runId, { steps: [step], times: [seconds], columns })
    for (const [key, { size, values }] of Object.entries(matrices)) {
      this.#waiting.push({ kind: 'evaluation', step, time: seconds, data: { key, matrix: { rows: size, columns: size, data: [...values] } } })
    }
    this.#flushWhenDue()
  }

  #later(event: NewEvent): void {
    this.#waiting.push(event)
    this.#flushWhenDue()
  }

  #flushWhenDue(): void {
    if (this.now() - this.#writtenAt >= WAIT_SECONDS) this.flush()
  }

  /** Writes what waits. */
  flush(): void {
    const events = this.#waiting
    if (events.length === 0) return
    this.#waiting = []
    this.#writtenAt = this.now()
    this.history.appendEvents(this.runId, events)
  }

  #progress(step: number, seconds: number) {
    const facts = this.#facts
    if (facts === null) return { steps: step, epochs: 0, samples: 0, seconds }
    const whole = Math.floor(step / facts.stepsPerEpoch)
    const inEpoch = Math.min((step % facts.stepsPerEpoch) * facts.batchSize, facts.rows.train)
    return { steps: step, epochs: step / facts.stepsPerEpoch, samples: whole * facts.rows.train + inEpoch, seconds }
  }

  /** A long run would fill the disk: the first is worth nothing once a newer one is safe. Two are kept, in case the
   *  newest turns out damaged. */
  #keepNewestCheckpoints(): void {
    for (const old of this.history.listArtifacts(this.runId, 'checkpoint').slice(2)) this.history.removeArtifact(old.id)
  }

  #note(kind: string, step: number, data: JsonValue = null): void {
    this.history.appendEvents(this.runId, [{ kind, step, time: this.#seconds, data }])
  }
}

/** JSON has no NaN. */
function finiteOnly(values: Readonly<Record<string, number>>): Record<string, number | null> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Number.isFinite(value) ? value : null]))
}
