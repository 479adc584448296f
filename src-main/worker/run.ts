import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { buildPlan, estimateMemory, memoryIssue, outOfMemoryIssue, trainProgram, type MemoryNeed } from '@shared/compile'
import { sizeOf } from '@shared/graph'
import { isAccelerator, type DeviceChoice } from '@shared/protocol/devices'
import type { RunFacts, TrainingEvent, TrainingJob } from '@shared/protocol/training'
import { failure, issue, success, IssueError, type Issue, type Result } from '@shared/spec/issue'
import { ArtifactStore } from '@main/core/artifacts'
import { availableMemory } from '@main/core/training/available-memory'
import { loadDataset } from '@main/core/datasets'
import { openDevice } from '@main/engines'
import { outOfMemory } from '@main/engines/out-of-memory'
import { decodeCheckpoint, encodeCheckpoint, type SavedRun } from './checkpoint'
import type { ControlSource } from './control'
import { Diagnostics, planDiagnostics } from './diagnostics'
import { TrainingLoop, type LoopContext } from './loop'
import { planSnapshots, Snapshots, snapshotTables, type SnapshotPlan } from './snapshots'
import { findTeacher } from './teacher'
import { residentTables, Trainer } from './trainer'

/** Trains one run from its job to its end. User mistakes and bugs come out as events; nothing is thrown. */
export async function runJob(job: TrainingJob, control: ControlSource, emit: (event: TrainingEvent) => void): Promise<void> {
  let need: MemoryNeed | null = null
  const explain = (error: unknown): readonly Issue[] | null => explained(error, need, job.device)
  try {
    const prepared = await prepare(job, (found) => (need = found))
    if (!prepared.ok) return emit({ type: 'failed', runId: job.runId, step: 0, seconds: 0, issues: prepared.issues })
    await train(job, prepared.value, control, emit, explain)
  } catch (error) {
    emit(asEvent(job.runId, error, explain(error)))
  }
}

/** The issues that an error stands for, where it is the user's matter. */
export function explained(error: unknown, need: MemoryNeed | null, device: string): readonly Issue[] | null {
  if (error instanceof IssueError) return error.issues
  const reason = outOfMemory(error)
  return reason === null || need === null ? null : [outOfMemoryIssue(need, device, reason)]
}

function asEvent(runId: string, error: unknown, issues: readonly Issue[] | null): TrainingEvent {
  if (issues !== null) return { type: 'failed', runId, step: 0, seconds: 0, issues }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { type: 'crashed', runId, message, stack: stack ?? '' }
}

interface Prepared {
  readonly trainer: Trainer
  readonly facts: RunFacts
  readonly snapshots: SnapshotPlan | null
}

/** Reads the data, compiles the model and opens the engine. */
export async function prepare(job: TrainingJob, onNeed: (need: MemoryNeed) => void): Promise<Result<Prepared>> {
  const { document } = job
  const clock = stopwatch()
  const data = await loadDataset(document.dataset, { baseDirectory: job.baseDirectory, resourcesDirectory: job.resourcesDirectory, seed: document.seed })
  if (!data.ok) return data
  if (job.dataHash !== null && data.value.contentHash !== job.dataHash) return failure(issue('run-data-changed', ['dataset'], { run: job.runId }))
  clock.lap('data')
  const { sampleShape, target, train } = data.value
  const teacher = await findTeacher(job, data.value, new ArtifactStore(job.artifactsDirectory))
  if (!teacher.ok) return teacher
  const plan = buildPlan(document, { sample: sampleShape, target, ...teacher.value?.gives }, train.rows, data.value.validation?.rows ?? 0)
  if (!plan.ok) return plan
  const { batchSize } = document.training
  const rows = { train: train.rows, validation: data.value.validation?.rows ?? 0, test: data.value.test?.rows ?? 0 }
  const need: MemoryNeed = { plan: plan.value, batchSize, rows }
  onNeed(need)
  const memory = estimateMemory(plan.value, batchSize, rows)
  // A device's own memory is not known: what is too much for it fails there.
  const tooLarge = isAccelerator(job.device) ? null : memoryIssue(need, availableMemory(), memory)
  if (tooLarge !== null) return failure(tooLarge)
  const program = trainProgram(plan.value, batchSize === 'full' ? train.rows : batchSize)
  clock.lap('compile')
  const state = program.state.map((entry) => ({ entry, value: new Float32Array(sizeOf(entry.shape)) }))
  const snapshots = job.snapshots ? planSnapshots(document, data.value) : null
  const taught = (await teacher.value?.answer()) ?? success(null)
  if (!taught.ok) return taught
  const tables = new Map([...residentTables(data.value), ...snapshotTables(snapshots), ...(taught.value?.tables ?? [])])
  // A run that goes on must go on where it began.
  const mayMove = document.engine.preference === 'auto' && job.checkpoint === null
  const opened = await openDevice(job.device, { threads: job.threads, tables, state }, mayMove)
  if (!opened.ok) return opened
  const { session, device, version, reasons } = opened.value
  const trainer = new Trainer(document, plan.value, data.value, session, program)
  clock.lap('engine')
  return success({
    trainer,
    snapshots,
    facts: {
      sampleShape,
      target,
      rows,
      contentHash: data.value.contentHash,
      preprocessing: data.value.preprocessing,
      targetPreprocessing: data.value.targetPreprocessing,
      parameters: plan.value.layout.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0),
      stepsPerEpoch: trainer.layout.steps,
      totalSteps: trainer.totalSteps,
      batchSize: trainer.layout.batchSize,
      device,
      choice: reasons.length === 0 ? job.choice : fellBack(job, device, reasons),
      engineVersion: version,
      threads: job.threads,
      memory,
      ...teacher.value?.gives,
      teacher: taught.value?.kept ?? null,
      preparation: clock.laps,
    },
  })
}

/** Said with the run: no device takes another's place in silence. */
function fellBack({ device: wanted, choice }: TrainingJob, device: string, reasons: readonly Issue[]): DeviceChoice {
  return { device, how: 'fallback', speeds: choice?.speeds ?? {}, leftOut: { ...choice?.leftOut, [wanted]: reasons } }
}

async function train(job: TrainingJob, { trainer, facts, snapshots }: Prepared, control: ControlSource, emit: (event: TrainingEvent) => void, explain: LoopContext['explain']): Promise<void> {
  const store = new ArtifactStore(job.artifactsDirectory)
  const shapes = new Map(trainer.program.state.flatMap((entry) => entry.views.map((view) => [view.name, view.shape] as const)))
  const load = async (hash: string): Promise<SavedRun> => decodeCheckpoint(await store.read(hash), hash)
  const save = async (saved: SavedRun): Promise<{ hash: string; bytes: number }> => await store.put(encodeCheckpoint(saved, shapes))
  try {
    const restored = job.checkpoint === null ? null : { hash: job.checkpoint, saved: await load(job.checkpoint) }
    await start(trainer, restored?.saved ?? null)
    emit({ type: 'prepared', runId: job.runId, facts })
    const measured = planDiagnostics(job.document.training.diagnostics, job.snapshots)
    const now = (): number => performance.now() / 1000
    const loop = new TrainingLoop(trainer, {
      runId: job.runId,
      control,
      emit,
      explain,
      now,
      breathe: async () => await nextTurn(),
      stepsPerDispatch: job.stepsPerDispatch,
      save,
      load,
      restored,
      diagnostics: measured === null ? null : new Diagnostics(measured, trainer, emit, job.runId, now),
      snapshots: snapshots === null ? null : new Snapshots(snapshots, trainer, emit, job.runId, now),
    })
    await loop.run()
  } finally {
    await trainer.dispose()
  }
}

async function start(trainer: Trainer, saved: SavedRun | null): Promise<void> {
  if (saved === null) return await trainer.reset()
  await trainer.restore(saved.step, saved.views)
  trainer.sums.restore(saved.sums)
  trainer.rate.restore(saved.rateChanges, saved.scheduleMemory)
}

function stopwatch(): { readonly laps: Record<string, number>; lap(name: string): void } {
  const laps: Record<string, number> = {}
  let last = performance.now()
  return {
    laps,
    lap: (name) => {
      const now = performance.now()
      laps[name] = now - last
      last = now
    },
  }
}
