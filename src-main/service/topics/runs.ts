import type { Core } from '@main/core'
import type { TopicEvents } from '@shared/protocol/contract'
import type { RunView } from '@shared/protocol/views'
import type { Topics } from '../handlers'
import type { RunViews } from '../run-view'

/** Changed rows are told at most this often, but for runs that begin. */
const INTERVAL_MS = 250

interface Listener {
  readonly emit: (event: TopicEvents['runs']) => void
  readonly fail: (error: unknown) => void
}

/** Collects which runs changed and tells every window their new rows. Costs what changed, and nothing while nobody listens. */
export class RunChangeFeed {
  readonly #listeners = new Set<Listener>()
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
    return (_filter, emit, fail) => {
      // One of its own for each subscription, even if one function subscribes twice.
      const own = { emit, fail }
      this.#listeners.add(own)
      return () => this.#listeners.delete(own)
    }
  }

  /** Told at once: who hears of a run only when it has ended cannot tell it from one that has long been there. */
  begun(runIds: readonly string[]): void {
    for (const id of runIds) this.#changed.add(id)
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#tell()
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
    this.#listeners.clear()
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
    if (this.#listeners.size === 0) return
    const changed = this.#read(ids)
    if (changed === null) return
    // A run that could not even be prepared is not kept.
    const kept = new Set(changed.map(({ id }) => id))
    for (const id of ids) if (!kept.has(id)) deleted.add(id)
    if (changed.length === 0 && deleted.size === 0) return
    for (const { emit } of [...this.#listeners]) emit({ changed, deleted: [...deleted] })
  }

  /** Null where the history cannot be read: nobody would hear of these runs again, so every subscription ends. */
  #read(ids: readonly string[]): readonly RunView[] | null {
    try {
      return this.core.history.getRuns(ids).map((run) => this.views.viewOf(run))
    } catch (error) {
      const listeners = [...this.#listeners]
      this.#listeners.clear()
      for (const { fail } of listeners) fail(error)
      return null
    }
  }
}
