import type { GivenModel, RunControl } from '@shared/protocol/training'

/** What a loop is told: by people, or by others of this process who want a copy of the model. */
export type LoopControl = RunControl | { readonly type: 'model'; readonly give: (model: GivenModel) => void }

/** Commands for one run, as the loop asks for them between dispatches. */
export interface ControlSource {
  /** Next command if one has come, without waiting. */
  poll(): LoopControl | null
  /** Next command, however long it takes. */
  next(): Promise<LoopControl>
}

/** A queue that someone else fills. */
export class ControlQueue implements ControlSource {
  readonly #queue: LoopControl[] = []
  #waiting: ((control: LoopControl) => void) | null = null

  push(control: LoopControl): void {
    const waiting = this.#waiting
    if (waiting === null) this.#queue.push(control)
    else {
      this.#waiting = null
      waiting(control)
    }
  }

  poll(): LoopControl | null {
    return this.#queue.shift() ?? null
  }

  async next(): Promise<LoopControl> {
    return this.#queue.shift() ?? (await new Promise((resolve) => (this.#waiting = resolve)))
  }
}
