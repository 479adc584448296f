import type { Core } from '@main/core'
import type { TopicEvents } from '@shared/protocol/contract'
import type { Topics } from '../handlers'
import type { RunViews } from '../run-view'

/** Changed rows are told at most this often. */
const INTERVAL_MS = 250

type Emit = (event: TopicEvents['runs']) => void

/** Collects which runs changed and tells every window their new rows. Costs what changed, and nothing while nobody listens. */
export class RunChangeFeed {
  readonly #emits = new Set<Emit>()
  readonly #changed = new Set<string>()
  readonly #deleted = new Set<string>()
  readonly #unsubscribe: () => void
  #timer: NodeJS.Timeout | null = null

  constructor(
    private readonly core: Core,
    private readonly views: RunViews,
  ) {
    this.#unsubscribe = core.subscribe(({ runId }) => this.changed(runId))
  }

  get topic(): Topics<'runs'>['runs'] {
    return (_filter, emit) => {
      // A listener of its own for each subscription, even if one function subscribes twice.
      const own: Emit = (event) => emit(event)
      this.#emits.add(own)
      return () => this.#emits.delete(own)
    }
  }

  changed(runId: string): void {
    this.#changed.add(runId)
    this.#schedule()
  }

  deleted(runId: string): void {
    this.#deleted.add(runId)
    this.#schedule()
  }

  close(): void {
    this.#unsubscribe()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#emits.clear()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#tell(), INTERVAL_MS)
  }

  #tell(): void {
    this.#timer = null
    const ids = [...this.#changed]
    const deleted = new Set(this.#deleted)
    this.#changed.clear()
    this.#deleted.clear()
    if (this.#emits.size === 0) return
    const changed = this.core.history.getRuns(ids).map((run) => this.views.viewOf(run))
    // A run that could not even be prepared is not kept.
    const kept = new Set(changed.map(({ id }) => id))
    for (const id of ids) if (!kept.has(id)) deleted.add(id)
    if (changed.length === 0 && deleted.size === 0) return
    for (const emit of [...this.#emits]) emit({ changed, deleted: [...deleted] })
  }
}
