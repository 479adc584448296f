import { availableParallelism } from 'node:os'
import { parseDocumentText, type ExperimentDocument } from '@shared/spec'
import { failure, issue, IssueError, success, type Issue, type Result } from '@shared/spec/issue'
import type { DeviceReport } from '@shared/protocol/devices'
import { showBytes } from '@shared/lib/bytes'
import type { Fault, RunControl, RunFacts, TrainingEvent, TrainingJob, TrainingMessage } from '@shared/protocol/training'
import type { HistoryApi, RunDetail } from '@main/core/history'
import { availableMemory } from './training/available-memory'
import { documentHash } from './training/hash'
import { TrainingProcess, type ProcessEnd } from './training/process'
import { RunRecorder } from './training/record'
import { teacherOf } from './training/teacher'

export interface CoreOptions {
  readonly history: HistoryApi
  readonly resourcesDirectory: string
  /** Built entry of the training process, `out/main/training.js`. */
  readonly trainingEntry: string
  /** `{ descent, node }`, recorded with every run. */
  readonly versions: Readonly<Record<string, string>>
  /** Runs that train at once; the machine's threads are divided among them. 1 unless given. */
  readonly lanes?: number
}

export interface StartRequest {
  readonly document: ExperimentDocument
  /** Relative paths in the document start here: its own folder. */
  readonly baseDirectory: string
  /** Steps per dispatch; adapts unless given. Changes no result. */
  readonly stepsPerDispatch?: number
  readonly tags?: readonly string[]
  readonly group?: string
  /** Reports the model's answers now and then, for windows. Off unless given; changes no result. */
  readonly snapshots?: boolean
}

/** What subscribers hear: every training event, and runs whose process died under them. */
export type CoreEvent = TrainingEvent | { readonly type: 'lost'; readonly runId: string; readonly end: ProcessEnd; readonly issues: readonly Issue[] }

interface ActiveRun {
  readonly job: TrainingJob
  readonly recorder: RunRecorder
  /** A new run that cannot even be prepared leaves nothing behind. */
  readonly fresh: boolean
  /** Step to which the record of a run that goes on is taken back, once it is prepared. */
  readonly resumedAt: number
  /** Null until it is prepared. */
  facts: RunFacts | null
}

/**
 * The heart of every host: starts, queues, controls and records runs. Knows neither windows nor the terminal.
 */
export class Core {
  readonly history: HistoryApi
  readonly #options: CoreOptions
  readonly #process: TrainingProcess
  readonly #active = new Map<string, ActiveRun>()
  #queue: ActiveRun[] = []
  readonly #listeners = new Set<(event: CoreEvent) => void>()
  readonly #deviceRequests = new Map<number, (devices: readonly DeviceReport[]) => void>()
  readonly #memoryRequests = new Map<number, (bytes: number) => void>()
  #requests = 0

  constructor(options: CoreOptions) {
    this.#options = options
    this.history = options.history
    this.#process = new TrainingProcess({
      entry: options.trainingEntry,
      onMessage: (message) => this.#receive(message),
      onEnd: (end) => this.#lost(end),
    })
  }

  /** Process in which training runs, null while there is none. For tests that kill it. */
  get trainingPid(): number | null {
    return this.#process.pid
  }

  /** Ids of the runs that are in the training process (paused ones included), and of those that wait, in order. */
  get runs(): { readonly active: readonly string[]; readonly queued: readonly string[] } {
    return { active: [...this.#active.keys()], queued: this.#queue.map(({ job }) => job.runId) }
  }

  /** Listeners run after the history has the event. Returns how to stop listening. */
  subscribe(listener: (event: CoreEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Queues a new run. Data problems come later, as a `failed` event without a preceding `prepared`; such a run is not kept. */
  start(request: StartRequest): string {
    const { document, baseDirectory, stepsPerDispatch = null, snapshots = false } = request
    const device = chosenDevice(document)
    const threads = document.engine.threads ?? this.#defaultThreads()
    const runId = this.history.createRun({
      name: document.name,
      document: JSON.stringify(document),
      documentHash: documentHash(document),
      datasetHash: '',
      environment: { engine: device.split('-')[0], device, threads, versions: this.#options.versions },
      seed: document.seed,
      tags: request.tags,
      group: request.group,
    })
    this.history.appendEvents(runId, [{ kind: 'origin', step: 0, time: 0, data: { baseDirectory, stepsPerDispatch, snapshots } }])
    this.#enqueue(this.#job(runId, document, { baseDirectory, stepsPerDispatch, snapshots, device, threads, checkpoint: null, dataHash: null }))
    return runId
  }

  /** Queues a run that was stopped, interrupted or paused by a dead process, from its last checkpoint (or its beginning). */
  resume(runId: string): Result<string> {
    const run = this.history.getRun(runId)
    if (run === null) return failure(issue('run-unknown', [], { run: runId }))
    if (this.#active.has(runId)) return failure(issue('run-active', [], { run: runId }))
    if (run.status === 'done') return failure(issue('run-already-done', [], { run: runId }))
    const document = parseDocumentText(run.document)
    if (!document.ok) return document
    const checkpoint = this.history.latestCheckpoint(runId)
    this.history.updateRun(runId, { status: 'queued', errors: [] })
    const { device, threads } = run.environment
    const dataHash = run.datasetHash === '' ? null : run.datasetHash
    this.#enqueue(this.#job(runId, document.value, { ...this.#origin(run), device, threads, checkpoint: checkpoint?.hash ?? null, dataHash }), checkpoint?.step ?? 0)
    return success(runId)
  }

  /** Passes a command to a run that trains; a queued run that is stopped leaves the queue. */
  control(runId: string, control: RunControl): void {
    const queued = this.#queue.find(({ job }) => job.runId === runId)
    if (queued === undefined) {
      if (this.#active.has(runId)) this.#process.send({ type: 'control', runId, control })
      return
    }
    if (control.type !== 'stop') return
    this.#queue = this.#queue.filter((each) => each !== queued)
    this.history.updateRun(runId, { status: control.as })
    this.#emit({ type: 'finished', runId, status: control.as, step: 0, epoch: 0, seconds: 0, samples: 0, final: {}, reason: null, restored: null })
  }

  /** For tests: makes native code die while a run trains. */
  strike(runId: string, fault: Fault): void {
    this.#process.send({ type: 'fault', runId, fault })
  }

  /** Every device with its self-test; runs in the training process. */
  async devices(): Promise<readonly DeviceReport[]> {
    const requestId = ++this.#requests
    return await new Promise((resolve) => {
      this.#deviceRequests.set(requestId, resolve)
      this.#process.send({ type: 'devices', requestId })
    })
  }

  /** Resident memory of the training process, bytes; 0 while there is none. */
  async trainingMemory(): Promise<number> {
    if (this.#process.pid === null) return 0
    const requestId = ++this.#requests
    return await new Promise((resolve) => {
      this.#memoryRequests.set(requestId, resolve)
      this.#process.send({ type: 'memory', requestId })
    })
  }

  /** Ends the training process and closes the history. Stop runs first: what still trains is lost to its checkpoint. */
  async close(): Promise<void> {
    await this.#process.close()
    this.#answerMemory()
    try {
      for (const runId of this.#active.keys()) this.history.updateRun(runId, { status: 'interrupted' })
    } finally {
      this.history.close()
    }
  }

  #defaultThreads(): number {
    return Math.max(1, Math.floor(availableParallelism() / (this.#options.lanes ?? 1)))
  }

  #job(runId: string, document: ExperimentDocument, rest: Omit<TrainingJob, 'runId' | 'document' | 'resourcesDirectory' | 'artifactsDirectory' | 'teacher'>): TrainingJob {
    return { runId, document, resourcesDirectory: this.#options.resourcesDirectory, artifactsDirectory: this.history.artifacts.directory, teacher: null, ...rest }
  }

  #origin(run: RunDetail): Pick<TrainingJob, 'baseDirectory' | 'stepsPerDispatch' | 'snapshots'> {
    const [event] = this.history.readEvents(run.id, { kinds: ['origin'], limit: 1 })
    const data = event?.data
    if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error(`run ${run.id} has no origin`)
    return {
      baseDirectory: typeof data.baseDirectory === 'string' ? data.baseDirectory : '.',
      stepsPerDispatch: typeof data.stepsPerDispatch === 'number' ? data.stepsPerDispatch : null,
      snapshots: data.snapshots === true,
    }
  }

  /** `resumedAt`: the checkpoint's step of a run that goes on; null for a new one. */
  #enqueue(job: TrainingJob, resumedAt: number | null = null): void {
    const recorder = new RunRecorder(this.history, job.runId, this.#options.versions, () => performance.now() / 1000)
    this.#queue.push({ job, recorder, fresh: resumedAt === null, resumedAt: resumedAt ?? 0, facts: null })
    this.#fillLanes()
  }

  #fillLanes(): void {
    while (this.#active.size < (this.#options.lanes ?? 1)) {
      const at = this.#queue.findIndex(({ job }) => !this.#awaitsTeacher(job))
      if (at < 0) return
      const [next] = this.#queue.splice(at, 1)
      this.#active.set(next.job.runId, next)
      const teacher = teacherOf(this.history, next.job.runId, next.job.document)
      if (teacher.ok) this.#process.send({ type: 'start', job: { ...next.job, teacher: teacher.value } })
      // Whoever started the run subscribes to it after that.
      else queueMicrotask(() => this.#trained({ type: 'failed', runId: next.job.runId, step: 0, seconds: 0, issues: teacher.issues }))
    }
  }

  /** A student waits as long as its teacher is still being trained. */
  #awaitsTeacher({ document, runId }: TrainingJob): boolean {
    const teacher = document.training.distillation?.teacher.run
    return teacher !== undefined && teacher !== runId && (this.#active.has(teacher) || this.#queue.some(({ job }) => job.runId === teacher))
  }

  #receive(message: TrainingMessage): void {
    switch (message.type) {
      case 'ready':
        return
      case 'devices':
        this.#deviceRequests.get(message.requestId)?.(message.devices)
        this.#deviceRequests.delete(message.requestId)
        return
      case 'memory':
        this.#memoryRequests.get(message.requestId)?.(message.bytes)
        this.#memoryRequests.delete(message.requestId)
        return
      default:
        return this.#trained(message)
    }
  }

  #trained(event: TrainingEvent): void {
    const run = this.#active.get(event.runId)
    if (run === undefined) return
    const ended = event.type === 'finished' || event.type === 'failed' || event.type === 'crashed'
    if (ended) this.#active.delete(event.runId)
    try {
      if (event.type === 'prepared') this.#prepared(run, event.facts)
      if (event.type === 'failed' && run.fresh && run.facts === null) this.history.deleteRun(event.runId)
      else run.recorder.record(event)
      if (ended) this.history.flush()
    } catch (error) {
      if (!(error instanceof IssueError)) throw error
      return this.#unrecordable(event.runId, error.issues)
    }
    this.#emit(event)
    if (ended) this.#fillLanes()
  }

  /** Only now is it sure that a run goes on from its checkpoint: what it recorded after that will come again. */
  #prepared(run: ActiveRun, facts: RunFacts): void {
    run.facts = facts
    if (!run.fresh) this.history.rewindRun(run.job.runId, run.resumedAt)
  }

  /** The history cannot take what a run makes (full disk): the run ends, since training on would be for nothing. */
  #unrecordable(runId: string, issues: readonly Issue[]): void {
    if (this.#active.delete(runId)) this.#process.send({ type: 'control', runId, control: { type: 'stop', as: 'interrupted' } })
    this.#emit({ type: 'failed', runId, step: 0, seconds: 0, issues })
    this.#fillLanes()
  }

  /** The training process died: its runs are interrupted; the queue goes on in the next one. */
  #lost(end: ProcessEnd): void {
    const lost = [...this.#active]
    this.#active.clear()
    for (const [runId, { recorder, facts }] of lost) {
      const issues = killedIssues(end, facts)
      recorder.flush()
      this.history.updateRun(runId, { status: 'interrupted', errors: issues })
      this.history.flush()
      this.#emit({ type: 'lost', runId, end, issues })
    }
    // Not asked again: if a self-test killed the process, it would kill the next one too.
    for (const [requestId, resolve] of this.#deviceRequests) {
      this.#deviceRequests.delete(requestId)
      resolve([{ id: 'training-process', title: 'Training process', available: false, version: '', reason: `ended with ${end.signal ?? end.code}`, enable: null }])
    }
    this.#answerMemory()
    this.#fillLanes()
  }

  /** There is no process left that could. */
  #answerMemory(): void {
    for (const resolve of this.#memoryRequests.values()) resolve(0)
    this.#memoryRequests.clear()
  }

  #emit(event: CoreEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }
}

/** Systems kill what takes the last of the memory: said where the run was large enough for that. */
function killedIssues({ signal }: ProcessEnd, facts: RunFacts | null): readonly Issue[] {
  const memory = availableMemory()
  const estimate = facts?.memory?.total ?? 0
  if (signal !== 'SIGKILL' || estimate < memory / 2) return []
  return [issue('run-killed', ['training', 'batchSize'], { estimate: showBytes(estimate), memory: showBytes(memory) })]
}

function chosenDevice({ engine }: ExperimentDocument): string {
  return engine.preference === 'auto' ? 'onnx-cpu' : engine.preference
}

