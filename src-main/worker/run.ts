import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { buildPlan, trainProgram } from '@shared/compile'
import { sizeOf } from '@shared/graph'
import type { RunFacts, TrainingEvent, TrainingJob } from '@shared/protocol/training'
import { failure, issue, success, IssueError, type Result } from '@shared/spec/issue'
import { ArtifactStore } from '@main/core/artifacts'
import { loadDataset } from '@main/core/datasets'
import { openDevice } from '@main/engines'
import { decodeCheckpoint, encodeCheckpoint, type SavedRun } from './checkpoint'
import type { ControlSource } from './control'
import { Diagnostics, planDiagnostics } from './diagnostics'
import { TrainingLoop } from './loop'
import { planSnapshots, Snapshots, snapshotTables, type SnapshotPlan } from './snapshots'
import { residentTables, Trainer } from './trainer'

/** Trains one run from its job to its end. User mistakes and bugs come out as events; nothing is thrown. */
export async function runJob(job: TrainingJob, control: ControlSource, emit: (event: TrainingEvent) => void): Promise<void> {
  try {
    const prepared = await prepare(job)
    if (!prepared.ok) return emit({ type: 'failed', runId: job.runId, step: 0, seconds: 0, issues: prepared.issues })
    await train(job, prepared.value, control, emit)
  } catch (error) {
    emit(asEvent(job.runId, error))
  }
}

function asEvent(runId: string, error: unknown): TrainingEvent {
  if (error instanceof IssueError) return { type: 'failed', runId, step: 0, seconds: 0, issues: error.issues }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { type: 'crashed', runId, message, stack: stack ?? '' }
}

interface Prepared {
  readonly trainer: Trainer
  readonly facts: RunFacts
  readonly snapshots: SnapshotPlan | null
}

/** Reads the data, compiles the model and opens the engine. */
async function prepare(job: TrainingJob): Promise<Result<Prepared>> {
  const { document } = job
  const clock = stopwatch()
  const data = await loadDataset(document.dataset, { baseDirectory: job.baseDirectory, resourcesDirectory: job.resourcesDirectory, seed: document.seed })
  if (!data.ok) return data
  if (job.dataHash !== null && data.value.contentHash !== job.dataHash) return failure(issue('run-data-changed', ['dataset'], { run: job.runId }))
  clock.lap('data')
  const { sampleShape, target, train } = data.value
  const plan = buildPlan(document, { sample: sampleShape, target }, train.rows)
  if (!plan.ok) return plan
  const { batchSize } = document.training
  const program = trainProgram(plan.value, batchSize === 'full' ? train.rows : batchSize)
  clock.lap('compile')
  const state = program.state.map((entry) => ({ entry, value: new Float32Array(sizeOf(entry.shape)) }))
  const snapshots = job.snapshots ? planSnapshots(document, data.value) : null
  const tables = new Map([...residentTables(data.value), ...snapshotTables(snapshots)])
  // A run that goes on must go on where it began.
  const mayMove = document.engine.preference === 'auto' && job.checkpoint === null
  const opened = await openDevice(job.device, { threads: job.threads, tables, state }, mayMove)
  if (!opened.ok) return opened
  const { session, device, version } = opened.value
  const trainer = new Trainer(document, plan.value, data.value, session, program)
  clock.lap('engine')
  return success({
    trainer,
    snapshots,
    facts: {
      sampleShape,
      target,
      rows: { train: train.rows, validation: data.value.validation?.rows ?? 0, test: data.value.test?.rows ?? 0 },
      contentHash: data.value.contentHash,
      preprocessing: data.value.preprocessing,
      targetPreprocessing: data.value.targetPreprocessing,
      parameters: plan.value.layout.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0),
      stepsPerEpoch: trainer.layout.steps,
      totalSteps: trainer.totalSteps,
      batchSize: trainer.layout.batchSize,
      device,
      engineVersion: version,
      threads: job.threads,
      preparation: clock.laps,
    },
  })
}

async function train(job: TrainingJob, { trainer, facts, snapshots }: Prepared, control: ControlSource, emit: (event: TrainingEvent) => void): Promise<void> {
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
  trainer.rate.restore(saved.rateChanges)
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
