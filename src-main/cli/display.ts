import type { TrainingEvent } from '@shared/protocol/training'

/** Shows a run as it goes. */
export interface RunDisplay {
  show(event: TrainingEvent): void
  /** Gives the terminal back; nothing is shown afterwards. */
  close(): void
}
