import type { ChartMark } from '@renderer/charts/line-chart'
import type { MatrixResult, RunFacts } from '@shared/protocol/training'
import type { Pictures, Snapshot } from '@shared/protocol/snapshot'
import type { RunEventView } from '@shared/protocol/views'
import { recordedOf } from '@renderer/stores/recorded'
import { chartMarks, logEntries, type LogEntry } from '@renderer/views/train/now/run-events'

/** Kinds of events that a replay shows. */
export const MOMENT_KINDS = ['prepared', 'pause', 'resume', 'hyperparameters', 'finished', 'crash', 'evaluation', 'snapshot', 'pictures'] as const

export interface AtStep<T> {
  readonly step: number
  readonly value: T
}

/** What was recorded of a run beside its metrics, in the order of steps. */
export interface Moments {
  readonly facts: RunFacts | null
  readonly log: readonly LogEntry[]
  /** By key: `val.confusionMatrix`. */
  readonly matrices: ReadonlyMap<string, readonly AtStep<MatrixResult>[]>
  readonly snapshots: readonly AtStep<Snapshot>[]
  /** The images that snapshots answer for. */
  readonly samples: Pictures | null
  /** Those that the trained model got most wrong. */
  readonly worst: Pictures | null
}

export const NO_MOMENTS: Moments = { facts: null, log: [], matrices: new Map(), snapshots: [], samples: null, worst: null }

export function momentsOf(events: readonly RunEventView[]): Moments {
  const matrices = new Map<string, AtStep<MatrixResult>[]>()
  const snapshots: AtStep<Snapshot>[] = []
  let facts: RunFacts | null = null
  let samples: Pictures | null = null
  let worst: Pictures | null = null
  for (const event of events) {
    const { step } = event
    const recorded = recordedOf(event)
    if (recorded?.kind === 'prepared') facts = recorded.facts
    if (recorded?.kind === 'snapshot') snapshots.push({ step, value: recorded.snapshot })
    if (recorded?.kind === 'pictures') {
      if (recorded.pictures.purpose === 'samples') samples ??= recorded.pictures
      else worst = recorded.pictures
    }
    if (recorded?.kind === 'evaluation') {
      const own = matrices.get(recorded.key) ?? []
      own.push({ step, value: recorded.matrix })
      matrices.set(recorded.key, own)
    }
  }
  return { facts, log: logEntries(events), matrices, snapshots, samples, worst }
}

/** Steps at which something happened that can be seen, ascending: what stepping by event stops at. */
export function eventSteps({ log, matrices, snapshots }: Moments): number[] {
  const steps = new Set<number>()
  for (const entry of log) if (entry.kind !== 'resume') steps.add(entry.step)
  for (const own of matrices.values()) for (const { step } of own) steps.add(step)
  for (const { step } of snapshots) steps.add(step)
  return [...steps].sort((a, b) => a - b)
}

export function marksOf(log: readonly LogEntry[], words: { readonly pause: string; readonly rate: (value: number) => string }): readonly ChartMark[] {
  return chartMarks(log, words)
}

/** The first step after which a person's hand changed the run: its document alone does not lead there. Infinity when none did. */
export function firstIntervention(events: readonly Pick<RunEventView, 'kind' | 'step'>[]): number {
  return events.reduce((first, { kind, step }) => (kind === 'hyperparameters' ? Math.min(first, step) : first), Infinity)
}

