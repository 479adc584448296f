import { describeEnd, type Core } from '@main/core'
import type { TopicEvents } from '@shared/protocol/contract'
import type { TrainingEvent } from '@shared/protocol/training'
import type { Topics } from '../handlers'

type Emit = (event: TopicEvents['training']) => void
type Evaluated = Extract<TrainingEvent, { readonly type: 'evaluated' }>

/** Short epochs are evaluated hundreds of times a second; their metrics come as points, so windows need the newest only. */
const INTERVAL_MS = 100

/** A run's events as they happen; points have a topic of their own. */
export function trainingTopic(core: Core): Topics<'training'>['training'] {
  return ({ runId }, emit) => {
    const evaluations = new NewestEvaluation(emit)
    const unsubscribe = core.subscribe((event) => {
      if (event.runId !== runId || event.type === 'points') return
      if (event.type === 'evaluated') return evaluations.add(event)
      evaluations.flush()
      if (event.type !== 'lost') emit(event)
      else emit({ type: 'lost', runId, reason: describeEnd(event.end) })
    })
    return () => {
      unsubscribe()
      evaluations.end()
    }
  }
}

/** Holds evaluations back for a moment; of several the newest values of every key are told, before anything else is. */
class NewestEvaluation {
  #held: Evaluated | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(private readonly emit: Emit) {}

  add(event: Evaluated): void {
    this.#held = this.#held === null ? event : { ...event, metrics: { ...this.#held.metrics, ...event.metrics }, matrices: { ...this.#held.matrices, ...event.matrices } }
    this.#timer ??= setTimeout(() => this.flush(), INTERVAL_MS)
  }

  flush(): void {
    const held = this.#held
    this.end()
    if (held !== null) this.emit(held)
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#held = null
  }
}
