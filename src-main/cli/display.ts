import type { CoreEvent } from '@main/core'

/** Shows a run as it goes. */
export interface RunDisplay {
  show(event: CoreEvent): void
  /** Gives the terminal back; nothing is shown afterwards. */
  close(): void
}
