import type { Core } from '@main/core'
import type { DesktopEvent } from '@shared/protocol/contract'

/** What the shell of a desktop does for its windows. */
export interface Desktop {
  /** Path chosen, null when canceled. */
  open(kind: 'document' | 'data' | 'folder' | 'bundle'): Promise<string | null>
  /** Path chosen, null when canceled. `path` is where the dialog begins. */
  save(path: string): Promise<string | null>
  /** Documents and commands for the window. Returns how to stop listening. */
  subscribe(listener: (event: DesktopEvent) => void): () => void
  /** A setting was chosen. */
  changed(key: string, value: unknown): void
}

export interface ServiceOptions {
  readonly core: Core
  readonly dataDirectory: string
  /** The app's `resources`. */
  readonly resourcesDirectory: string
  /** The main build, `out/main`. */
  readonly programDirectory: string
  /** Descent's own version. */
  readonly version: string
  /**
   * The desktop, where windows are the user's own. Null: a browser, whose pages may come from anywhere and so reach no
   * files but those of the data directory.
   */
  readonly desktop: Desktop | null
  /** Whether `app.strike` may kill the training process; for tests. */
  readonly faults?: boolean
  /** Resident memory of processes that the core does not know, bytes: an Electron window's. */
  readonly otherMemory?: () => number
}

/** Bytes of the data directory that belong to no run: `files` holds what was uploaded. */
export const FILES_FOLDER = 'files'
