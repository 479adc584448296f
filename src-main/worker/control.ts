import type { RunControl } from '@shared/protocol/training'

/** Commands for one run, as the loop asks for them between dispatches. */
export interface ControlSource {
  /** Next command if one has come, without waiting. */
  poll(): RunControl | null
  /** Next command, however long it takes. */
  next(): Promise<RunControl>
}

/** A queue that someone else fills. */
export class ControlQueue implements ControlSource {
  readonly #queue: RunControl[] = []
  #waiting: ((control: RunControl) => void) | null = null

  push(control: RunControl): void {
    const waiting = this.#waiting
    if (waiting === null) this.#queue.push(control)
    else {
      this.#waiting = null
      waiting(control)
    }
  }

  poll(): RunControl | null {
    return this.#queue.shift() ?? null
  }

  async next(): Promise<RunControl> {
    return this.#queue.shift() ?? (await new Promise((resolve) => (this.#waiting = resolve)))
  }
}
