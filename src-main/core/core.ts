import { availableParallelism } from 'node:os'
import type { TextRequest } from '@shared/data/text'
import { parseDocumentText, type ExperimentDocument } from '@shared/spec'
import { failure, issue, IssueError, success, type Issue, type Result } from '@shared/spec/issue'
import { isAccelerator, type DeviceChoice, type DeviceReport, type Placements } from '@shared/protocol/devices'
import type { Fault, FileFacts, ProbeResult, RunControl, RunFacts, TrainingCommand, TrainingEvent, TrainingJob, WrittenText } from '@shared/protocol/training'
import type { HistoryApi } from '@main/core/history'
import { possibleAccelerators } from '@main/engines/accelerators'
import { documentHash } from './training/hash'
import { DeviceChoices } from './training/choices'
import { DeviceLanes, laneOf, type Lane } from './training/device-lanes'
import { endIssues } from './training/end-issues'
import { lookJob, type LookRequest } from './training/look'
import { originEvent, originOf } from './training/origin'
import type { ProcessEnd } from './training/process'
import { RunRecorder } from './training/record'
import { Schedule } from './training/schedule'
import { keepTeacherFile, keptTeacher, teacherOf } from './training/teacher'

export interface CoreOptions {
  readonly history: HistoryApi
  readonly resourcesDirectory: string
  /** Built entry of the training process, `out/main/training.js`. */
  readonly trainingEntry: string
  /** `{ descent, node }`, recorded with every run. */
  readonly versions: Readonly<Record<string, string>>
  /** Where choices of devices are kept. */
  readonly dataDirectory: string
  /** Devices beside the CPU that may be here; found out unless given. */
  readonly accelerators?: readonly string[]
  /** Runs that train at once on the CPU; the machine's threads are divided among them. 1 unless given. */
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
  job: TrainingJob
  /** Its device is still to be found. */
  open: boolean
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
  readonly #lanes: DeviceLanes
  readonly #choices: DeviceChoices
  readonly #schedule: Schedule<ActiveRun>
  readonly #listeners = new Set<(event: CoreEvent) => void>()

  constructor(options: CoreOptions) {
    this.#options = options
    this.#schedule = new Schedule(options.lanes ?? 1)
    this.history = options.history
    this.#lanes = new DeviceLanes({ entry: options.trainingEntry, onEvent: (event) => this.#trained(event), onEnd: (lane, end) => this.#lost(lane, end) })
    this.#choices = new DeviceChoices(options.dataDirectory, this.#lanes)
  }

  /** Process in which training runs (on the CPU, where both are there), null while there is none. For tests that kill it. */
  get trainingPid(): number | null {
    return this.#lanes.pids[0] ?? null
  }

  /** All of them. */
  get trainingPids(): readonly number[] {
    return this.#lanes.pids
  }

  /** Ids of the runs that are in the training process (paused ones included), and of those that wait, in order. */
  get runs(): { readonly active: readonly string[]; readonly queued: readonly string[] } {
    const { active, queued } = this.#schedule
    return { active, queued }
  }

  /** Listeners run after the history has the event. Returns how to stop listening. */
  subscribe(listener: (event: CoreEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Queues a new run. Data problems come later, as a `failed` event without a preceding `prepared`; such a run is not kept. */
  start(request: StartRequest): string {
    const { document, baseDirectory, stepsPerDispatch = null, snapshots = false } = request
    const { device, choice, open } = this.#firstDevice(document)
    const threads = document.engine.threads ?? this.#defaultThreads()
    const origin = { baseDirectory, stepsPerDispatch, snapshots }
    const runId = this.history.createRun({
      name: document.name,
      document: JSON.stringify(document),
      documentHash: documentHash(document),
      datasetHash: '',
      environment: { engine: device.split('-')[0], device: open ? 'auto' : device, threads, versions: this.#options.versions },
      seed: document.seed,
      tags: request.tags,
      group: request.group,
      events: [originEvent(origin)],
    })
    this.#enqueue(this.#job(runId, document, { ...origin, device, choice, threads, checkpoint: null, dataHash: null }), open)
    return runId
  }

  /** Queues a run that was stopped, interrupted or paused by a dead process, from its last checkpoint (or its beginning). */
  resume(runId: string): Result<string> {
    const run = this.history.getRun(runId)
    if (run === null) return failure(issue('run-unknown', [], { run: runId }))
    if (this.#schedule.find(runId) !== undefined) return failure(issue('run-active', [], { run: runId }))
    if (run.status === 'done') return failure(issue('run-already-done', [], { run: runId }))
    const document = parseDocumentText(run.document)
    if (!document.ok) return document
    const checkpoint = this.history.latestCheckpoint(runId)
    const origin = originOf(this.history, runId)
    this.history.updateRun(runId, { status: 'queued', errors: [] })
    const { threads } = run.environment
    // It goes on where it began; one that never came so far begins anew.
    const { device, choice, open } = checkpoint === null ? this.#firstDevice(document.value) : { device: run.environment.device, choice: null, open: false }
    const dataHash = run.datasetHash === '' ? null : run.datasetHash
    this.#enqueue(this.#job(runId, document.value, { ...origin, device, choice, threads, checkpoint: checkpoint?.hash ?? null, dataHash }), open, checkpoint?.step ?? 0)
    return success(runId)
  }

  /** Passes a command to a run that trains; a queued run that is stopped leaves the queue, and one whose end could not be
   *  recorded comes to rest. */
  control(runId: string, control: RunControl): void {
    if (this.#schedule.training(runId) !== undefined) return this.#send(runId, { type: 'control', runId, control })
    if (control.type !== 'stop' || !this.#isUnderWay(runId)) return
    this.#schedule.cancel(runId)
    try {
      this.history.updateRun(runId, { status: control.as })
    } finally {
      this.#emit({ type: 'finished', runId, status: control.as, step: 0, epoch: 0, seconds: 0, samples: 0, final: {}, reason: null, restored: null })
    }
  }

  /** By its record. */
  #isUnderWay(runId: string): boolean {
    const status = this.history.getRun(runId)?.status
    return status === 'queued' || status === 'running' || status === 'paused'
  }

  /** For tests: makes native code die while a run trains. */
  strike(runId: string, fault: Fault): void {
    this.#send(runId, { type: 'fault', runId, fault })
  }

  /** Where the relative paths in the run's document start. */
  baseDirectory(runId: string): string {
    const run = this.history.getRun(runId)
    return run === null ? '.' : originOf(this.history, runId).baseDirectory
  }

  /** How many samples a second the model of a trained run answers, on its own device unless another is given. */
  async answeringSpeed(runId: string, device?: string): Promise<ProbeResult> {
    const run = this.history.getRun(runId)
    const checkpoint = this.history.latestCheckpoint(runId)
    const document = run === null ? null : parseDocumentText(run.document)
    if (run === null || checkpoint === null || document?.ok !== true) return failure(issue('export-no-checkpoint', [], { run: runId }))
    const { environment } = run
    const job = this.#job(runId, document.value, { ...originOf(this.history, runId), device: device ?? environment.device, choice: null, threads: environment.threads, checkpoint: checkpoint.hash, dataHash: null })
    return await this.#lookAt(job.device, () => this.#lanes.speed(job), (used) => failure(issue('engine-device-busy', [], { device: used })))
  }

  /** Lets the model of a run write: as it is while it trains, else as it was last saved. Always on the processor, one
   *  character after another, in a thread beside the training, which it does not touch. */
  async write(runId: string, text: TextRequest): Promise<Result<WrittenText>> {
    const run = this.history.getRun(runId)
    if (run === null) return failure(issue('run-unknown', [], { run: runId }))
    const document = parseDocumentText(run.document)
    if (!document.ok) return document
    const { device } = run.environment
    const checkpoint = this.history.latestCheckpoint(runId)?.hash ?? null
    const dataHash = run.datasetHash === '' ? null : run.datasetHash
    const job = this.#job(runId, document.value, { ...originOf(this.history, runId), device: isAccelerator(device) ? 'onnx-cpu' : device, choice: null, threads: 1, checkpoint, dataHash })
    return await this.#lanes.write(laneOf(device), job, text)
  }

  /** What the ONNX file is worth that taught a run, on the run's own data; null where none did. */
  async taughtBy(runId: string): Promise<Result<FileFacts> | null> {
    const run = this.history.getRun(runId)
    const document = run === null ? null : parseDocumentText(run.document)
    const teacher = keptTeacher(this.history, runId)
    if (run === null || document?.ok !== true || teacher?.kind !== 'onnx') return null
    const { threads } = run.environment
    const job = this.#job(runId, document.value, { ...originOf(this.history, runId), device: 'onnx-cpu', choice: null, threads, checkpoint: null, dataHash: null })
    return await this.#lanes.judge({ ...job, teacher })
  }

  /** Every device with its self-test; runs in the training processes. */
  async devices(): Promise<readonly DeviceReport[]> {
    const cpu = this.#lanes.devices('cpu')
    const accelerators = this.#lookAt('accelerators', () => this.#lanes.devices('accelerators'), (used) => [busyReport(used)])
    return [...(await cpu), ...(await accelerators)]
  }

  /** Where the operators of an experiment's training step run on a device. */
  async placements(request: LookRequest): Promise<Result<Placements>> {
    const job = lookJob(request, { resourcesDirectory: this.#options.resourcesDirectory, artifactsDirectory: this.history.artifacts.directory })
    return await this.#lookAt(request.device, () => this.#lanes.placements(job), (used) => failure(issue('engine-device-busy', [], { device: used })))
  }

  /** Runs that waited for the accelerators meanwhile begin after it. */
  async #lookAt<T>(device: string, body: () => Promise<T>, busy: (used: string) => T): Promise<T> {
    try {
      return await this.#schedule.look(device, body, busy)
    } finally {
      this.#fillLanes()
    }
  }

  /** Resident memory of the training processes, bytes; 0 while there is none. */
  async trainingMemory(): Promise<number> {
    return await this.#lanes.memory()
  }

  /** Ends the training process and closes the history. Stop runs first: what still trains is lost to its checkpoint. */
  async close(): Promise<void> {
    this.#schedule.clearQueue()
    await this.#lanes.close()
    try {
      for (const runId of this.#schedule.active) this.history.updateRun(runId, { status: 'interrupted' })
    } finally {
      this.history.close()
    }
  }

  #send(runId: string, command: TrainingCommand): void {
    const run = this.#schedule.training(runId)
    if (run !== undefined) this.#lanes.send(laneOf(run.job.device), command)
  }

  /** What the document asks for; open where it leaves the choice and there may be one. */
  #firstDevice({ engine }: ExperimentDocument): { readonly device: string; readonly choice: DeviceChoice | null; readonly open: boolean } {
    if (engine.preference !== 'auto') return { device: engine.preference, choice: null, open: false }
    const open = (this.#options.accelerators ?? possibleAccelerators()).length > 0
    return { device: 'onnx-cpu', choice: open ? null : { device: 'onnx-cpu', how: 'only', speeds: {}, leftOut: {} }, open }
  }

  #defaultThreads(): number {
    return Math.max(1, Math.floor(availableParallelism() / (this.#options.lanes ?? 1)))
  }

  #job(runId: string, document: ExperimentDocument, rest: Omit<TrainingJob, 'runId' | 'document' | 'resourcesDirectory' | 'artifactsDirectory' | 'teacher'>): TrainingJob {
    return { runId, document, resourcesDirectory: this.#options.resourcesDirectory, artifactsDirectory: this.history.artifacts.directory, teacher: null, ...rest }
  }

  /** `resumedAt`: the checkpoint's step of a run that goes on; null for a new one. */
  #enqueue(job: TrainingJob, open: boolean, resumedAt: number | null = null): void {
    const recorder = new RunRecorder(this.history, job.runId, this.#options.versions, () => performance.now() / 1000)
    this.#schedule.enqueue({ job, open, recorder, fresh: resumedAt === null, resumedAt: resumedAt ?? 0, facts: null })
    this.#fillLanes()
  }

  #fillLanes(): void {
    for (const run of this.#schedule.ready) {
      if (run.open) this.#choose(run)
      else if (this.#schedule.hasPlace(laneOf(run.job.device))) this.#begin(run)
    }
  }

  #begin(run: ActiveRun): void {
    const { job } = run
    this.#schedule.begin(run)
    try {
      const teacher = teacherOf(this.history, job.runId, job.document)
      if (teacher.ok) this.#lanes.send(laneOf(job.device), { type: 'start', job: { ...job, teacher: teacher.value } })
      else this.#endSoon({ type: 'failed', runId: job.runId, step: 0, seconds: 0, issues: teacher.issues })
    } catch (error) {
      this.#crash(run, error)
    }
  }

  /** Whoever started the run subscribes to it after that. */
  #endSoon(event: TrainingEvent): void {
    queueMicrotask(() => this.#trained(event))
  }

  /** A bug, or a history that fails, ends the run that met it; all else goes on. */
  #crash(run: ActiveRun, error: unknown): void {
    const { runId } = run.job
    // Somebody has stopped it meanwhile.
    if (this.#schedule.find(runId) !== run) return
    this.#schedule.begin(run)
    if (error instanceof IssueError) return queueMicrotask(() => this.#unrecordable(runId, error.issues))
    const [message, stack = ''] = error instanceof Error ? [error.message, error.stack] : [String(error)]
    this.#endSoon({ type: 'crashed', runId, message, stack })
  }

  /** When the accelerators are free; the run waits in the queue meanwhile. */
  #choose(run: ActiveRun): void {
    if (!this.#schedule.hasPlace('accelerators')) return
    const found = this.#schedule.choosing(run, async () => await this.#find(run))
    void found.catch((error: unknown) => this.#crash(run, error)).then(() => this.#fillLanes())
  }

  async #find(run: ActiveRun): Promise<void> {
    const teacher = teacherOf(this.history, run.job.runId, run.job.document)
    const choice = await this.#choices.choose({ ...run.job, ...(teacher.ok ? { teacher: teacher.value } : {}) })
    run.job = { ...run.job, device: choice.device, choice }
    run.open = false
  }

  #trained(event: TrainingEvent): void {
    const run = this.#schedule.training(event.runId)
    if (run === undefined) return
    const ended = event.type === 'finished' || event.type === 'failed' || event.type === 'crashed'
    if (ended) this.#schedule.end(event.runId)
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
    const { distillation } = run.job.document.training
    if (facts.teacher && distillation !== undefined && 'file' in distillation.teacher) keepTeacherFile(this.history, run.job.runId, distillation.teacher.file, facts.teacher)
  }

  /** The history cannot take what a run makes (full disk): the run ends, since training on would be for nothing. Where it
   *  cannot take that either, the run comes to rest by `control` or at the next start. */
  #unrecordable(runId: string, issues: readonly Issue[]): void {
    this.#send(runId, { type: 'control', runId, control: { type: 'stop', as: 'interrupted' } })
    this.#schedule.end(runId)
    issuesOf(() => this.history.updateRun(runId, { status: 'failed', errors: issues }))
    this.#emit({ type: 'failed', runId, step: 0, seconds: 0, issues })
    this.#fillLanes()
  }

  /** A training process died: its runs are interrupted; the queue goes on in the next one. */
  #lost(lane: Lane, end: ProcessEnd): void {
    const lost = this.#schedule.trainingIn(lane)
    for (const { job } of lost) this.#schedule.end(job.runId)
    for (const { job: { runId }, recorder, facts } of lost) {
      const issues = endIssues(end, facts)
      const unrecorded = issuesOf(() => {
        recorder.flush()
        this.history.updateRun(runId, { status: 'interrupted', errors: issues })
      })
      this.#emit({ type: 'lost', runId, end, issues: [...issues, ...unrecorded] })
    }
    this.#fillLanes()
  }

  #emit(event: CoreEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }
}

/** What keeps the history from taking what the body records; bugs are thrown. */
function issuesOf(body: () => void): readonly Issue[] {
  try {
    body()
    return []
  } catch (error) {
    if (error instanceof IssueError) return error.issues
    throw error
  }
}

function busyReport(id: string): DeviceReport {
  return { id, title: { en: id, 'zh-CN': id }, available: true, version: '', reasons: [issue('engine-device-untested', [])], enable: null, unverified: true }
}
