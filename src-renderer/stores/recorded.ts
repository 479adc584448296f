import type { MatrixResult, RunFacts } from '@shared/protocol/training'
import type { Pictures, Snapshot } from '@shared/protocol/snapshot'
import type { RunEventView } from '@shared/protocol/views'

/** What a recorded event holds that is shown as it is. */
export type Recorded =
  | { readonly kind: 'prepared'; readonly facts: RunFacts }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'pictures'; readonly pictures: Pictures }
  | { readonly kind: 'evaluation'; readonly key: string; readonly matrix: MatrixResult }

/**
 * Null for events of other kinds. The data were written from typed values, by this build or an older one; those of
 * bundles are checked on import.
 */
export function recordedOf({ kind, data }: Pick<RunEventView, 'kind' | 'data'>): Recorded | null {
  switch (kind) {
    case 'prepared':
      return { kind, facts: data as unknown as RunFacts }
    case 'snapshot':
      return { kind, snapshot: data as unknown as Snapshot }
    case 'pictures':
      return { kind, pictures: data as unknown as Pictures }
    case 'evaluation': {
      const { key, matrix } = data as unknown as { readonly key: string; readonly matrix: { readonly rows: number; readonly data: readonly number[] } }
      return { kind, key, matrix: { size: matrix.rows, values: matrix.data } }
    }
    default:
      return null
  }
}

/** What the run was prepared with, when it was last; null before. */
export function factsOf(events: readonly RunEventView[]): RunFacts | null {
  const prepared = events.map(recordedOf).findLast((event) => event?.kind === 'prepared')
  return prepared?.facts ?? null
}
