import { isAccelerator } from '@shared/protocol/devices'
import type { TrainingJob } from '@shared/protocol/training'
import { laneOf, type Lane } from './device-lanes'

/**
 * Which runs train, which wait, and who has the accelerators. Two sessions of some providers in one process take each other
 * down: a run there, a search for a run's device and a look at the devices exclude each other, and looks take turns.
 */
export class Schedule<Run extends { readonly job: TrainingJob }> {
  readonly #active = new Map<string, Run>()
  #queue: Run[] = []
  /** The run whose device is being found. */
  #choosing: Run | null = null
  /** At accelerators, waiting ones included. */
  #looks = 0
  #lastLook: Promise<unknown> = Promise.resolve()

  /** `places`: runs that train at once on the CPU. */
  constructor(private readonly places: number) {}

  /** Ids of runs, paused ones included. */
  get active(): readonly string[] {
    return [...this.#active.keys()]
  }

  /** Ids in order. */
  get queued(): readonly string[] {
    return this.#queue.map(({ job }) => job.runId)
  }

  /** The run, if it trains. */
  training(runId: string): Run | undefined {
    return this.#active.get(runId)
  }

  trainingIn(lane: Lane): readonly Run[] {
    return [...this.#active.values()].filter(({ job }) => laneOf(job.device) === lane)
  }

  /** The run, whether it trains or waits. */
  find(runId: string): Run | undefined {
    return this.#active.get(runId) ?? this.#queue.find(({ job }) => job.runId === runId)
  }

  enqueue(run: Run): void {
    this.#queue.push(run)
  }

  begin(run: Run): void {
    this.cancel(run.job.runId)
    this.#active.set(run.job.runId, run)
  }

  end(runId: string): void {
    this.#active.delete(runId)
  }

  /** Takes a run that waits out of the queue. */
  cancel(runId: string): void {
    this.#queue = this.#queue.filter(({ job }) => job.runId !== runId)
  }

  clearQueue(): void {
    this.#queue = []
  }

  /** Runs that wait for nothing but a place, in order. */
  get ready(): readonly Run[] {
    return this.#queue.filter(({ job }) => !this.#awaitsTeacher(job))
  }

  hasPlace(lane: Lane): boolean {
    const active = this.trainingIn(lane).length
    return lane === 'cpu' ? active < this.places : active === 0 && this.#choosing === null && this.#looks === 0
  }

  /** Keeps the accelerators for the run, which goes on waiting, until `body` has found its device. */
  async choosing(run: Run, body: () => Promise<void>): Promise<void> {
    this.#choosing = run
    try {
      await body()
    } finally {
      this.#choosing = null
    }
  }

  /** Looks at a device when it is its turn; while a run has the accelerators, `busy` answers instead. */
  async look<T>(device: string, body: () => Promise<T>, busy: (used: string) => T): Promise<T> {
    if (!isAccelerator(device)) return await body()
    const [run] = this.trainingIn('accelerators')
    if (run !== undefined || this.#choosing !== null) return busy(run?.job.device ?? device)
    this.#looks += 1
    const turn = this.#lastLook.then(body)
    this.#lastLook = turn.catch(() => undefined)
    try {
      return await turn
    } finally {
      this.#looks -= 1
    }
  }

  /** A student waits as long as its teacher is still being trained. */
  #awaitsTeacher({ document, runId }: TrainingJob): boolean {
    const named = document.training.distillation?.teacher
    const teacher = named !== undefined && 'run' in named ? named.run : undefined
    return teacher !== undefined && teacher !== runId && this.find(teacher) !== undefined
  }
}
