/** How long one dispatch should last: short enough for pause and live charts, long enough for its overhead to vanish. */
const TARGET_SECONDS = 0.05

/** Chooses how many steps to dispatch at once. Never changes results: steps do not know how they are grouped. */
export class Pace {
  #steps: number

  constructor(private readonly fixed: number | null) {
    this.#steps = fixed ?? 1
  }

  get steps(): number {
    return this.#steps
  }

  /** Learns from a dispatch. At most doubles, so that one lucky measurement does not freeze the controls. */
  measured(count: number, seconds: number): void {
    if (this.fixed !== null || count < this.#steps) return
    const ideal = Math.floor((count * TARGET_SECONDS) / Math.max(seconds, 1e-6))
    this.#steps = Math.max(1, Math.min(ideal, this.#steps * 2))
  }
}
