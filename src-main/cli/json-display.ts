import type { CoreEvent } from '@main/core'
import { spellNonFinite } from '@shared/lib/non-finite'
import { choiceJson } from './choice-text'
import type { RunDisplay } from './display'
import { issueJson, type Screen } from './screen'

/** One JSON object a line, for programs: `step` for every update, `epoch`, `evaluation`, …, and `done` at the end. */
export class JsonDisplay implements RunDisplay {
  /** Null before the run is prepared. */
  #stepsPerEpoch: number | null = null

  constructor(
    private readonly screen: Screen,
    /** Added to every line: which run it is of, where there are several. */
    private readonly more: object = {},
  ) {}

  show(event: CoreEvent): void {
    if (event.type === 'prepared') this.#stepsPerEpoch = event.facts.stepsPerEpoch
    const lines = toLines(event, this.screen, this.#stepsPerEpoch).map((line) => JSON.stringify({ ...line, ...this.more }, spellNonFinite))
    if (lines.length > 0) this.screen.print(lines.join('\n'))
  }

  close(): void {
    // Nothing is held back.
  }
}

function toLines(event: CoreEvent, screen: Screen, stepsPerEpoch: number | null): readonly object[] {
  const { runId } = event
  switch (event.type) {
    case 'prepared':
      return [{ event: 'prepared', runId, ...event.facts, ...(event.facts.choice ? { choice: choiceJson(event.facts.choice, screen.language) } : {}) }]
    case 'points': {
      const { batch } = event
      const columns = Object.entries(batch.columns)
      return Array.from({ length: batch.count }, (_, index) => ({
        event: 'step',
        step: batch.firstStep + index,
        seconds: batch.seconds[index],
        ...Object.fromEntries(columns.map(([key, column]) => [key, column[index]])),
      }))
    }
    case 'evaluated': {
      const atEpochEnd = stepsPerEpoch !== null && event.step % stepsPerEpoch === 0
      const matrices = Object.keys(event.matrices).length === 0 ? {} : { matrices: event.matrices }
      return [{ event: atEpochEnd ? 'epoch' : 'evaluation', epoch: event.epoch, step: event.step, seconds: event.seconds, ...event.metrics, ...matrices }]
    }
    case 'diagnostics':
      return [{ event: 'diagnostics', step: event.step, seconds: event.seconds, ...event.record }]
    case 'snapshot':
    case 'pictures':
      // For windows: the command line does not ask for them.
      return []
    case 'checkpoint':
      return [{ event: 'checkpoint', step: event.step, epoch: event.epoch, hash: event.hash, bytes: event.bytes, reason: event.reason }]
    case 'paused':
    case 'resumed':
      return [{ event: event.type, step: event.step }]
    case 'learningRateChanged':
      return [{ event: 'learningRate', step: event.step, value: event.value }]
    case 'finished':
      return [
        {
          event: 'done',
          runId,
          status: event.status,
          seconds: event.seconds,
          steps: event.step,
          epochs: event.epoch,
          samplesPerSecond: event.seconds > 0 ? event.samples / event.seconds : 0,
          final: event.final,
          ...(event.reason === null ? {} : { reason: issueJson(event.reason, screen.language) }),
          ...(event.restored === null ? {} : { restored: event.restored }),
        },
      ]
    case 'failed': {
      const issues = event.issues.map((each) => issueJson(each, screen.language))
      // Before the first step it is the document or its data that are wrong.
      return stepsPerEpoch === null ? [{ event: 'invalid', issues }] : [{ event: 'done', runId, status: 'failed', seconds: event.seconds, steps: event.step, issues }]
    }
    case 'crashed':
      return [{ event: 'done', runId, status: 'failed', bug: event.message }]
    case 'lost':
      return [{ event: 'done', runId, status: 'interrupted', lost: event.end, issues: event.issues.map((each) => issueJson(each, screen.language)) }]
  }
}
