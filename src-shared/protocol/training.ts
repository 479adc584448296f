import type { MemoryEstimate } from '@shared/compile'
import type { Issue, Result } from '@shared/spec/issue'
import type { ExperimentDocument } from '@shared/spec'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import type { TextRequest } from '@shared/data/text'
import type { FittedPreprocessing, FittedTargets } from '@shared/data/types'
import type { Shape } from '@shared/graph'
import type { DiagnosticsRecord } from '@shared/diagnostics/record'
import type { DeviceChoice, DeviceReport, Placements } from './devices'
import type { Pictures, Snapshot } from './snapshot'

/**
 * What the core and the training process say to each other. Both ends are ours and of one build, so these types are
 * trusted; typed arrays cross by structured clone.
 */

/** Everything a worker needs to train one run; nothing of it comes from anywhere else. */
export interface TrainingJob {
  readonly runId: string
  /** Normalized: ids, edges and defaults filled in. */
  readonly document: ExperimentDocument
  /** Relative paths in the document start here. */
  readonly baseDirectory: string
  readonly resourcesDirectory: string
  readonly artifactsDirectory: string
  /** Device id as in `DeviceReport`. */
  readonly device: string
  /** How it was found; null where it was asked for, or the run goes on where it began. */
  readonly choice: DeviceChoice | null
  readonly threads: number
  /** Steps per dispatch: `null` adapts to ~50 ms. Does not change results. */
  readonly stepsPerDispatch: number | null
  /** Content hash of the checkpoint to continue from; null starts fresh. */
  readonly checkpoint: string | null
  /** Content hash that the data must have, of a run that goes on; null accepts any. */
  readonly dataHash: string | null
  /** Who teaches beside the labels; null: nobody. */
  readonly teacher: TeacherJob | null
  /** Whether the model's answers are reported now and then, for those who watch. Does not change results. */
  readonly snapshots: boolean
}

/** The model that teaches. */
export type TeacherJob = RunTeacherJob | OnnxTeacherJob

/** Of a run, with the content hash of its weights. */
export interface RunTeacherJob {
  readonly kind: 'run'
  readonly run: string
  readonly checkpoint: string
  /** Content hash of the data that it has learned. */
  readonly dataHash: string
  readonly document: ExperimentDocument
}

/** An ONNX file. */
export interface OnnxTeacherJob {
  readonly kind: 'onnx'
  /** As written in the document. */
  readonly file: string
  /** Content hash that the file must have; null: any. */
  readonly hash: string | null
  /** Whether its content is kept already, under `hash`: of a run that goes on. */
  readonly kept: boolean
}

export type RunControl =
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** One update, then paused. */
  | { readonly type: 'step' }
  /** Writes a checkpoint and ends; `interrupted` runs are offered for resuming. */
  | { readonly type: 'stop'; readonly as: 'stopped' | 'interrupted' }
  /** From the next update on, this rate; the schedule goes on in proportion. */
  | { readonly type: 'learningRate'; readonly value: number }

/**
 * Ways for native code to die, made on purpose in tests. `kill`, `abort` and `segfault` take the whole training process
 * down, whatever its threads are doing; `throw` is a bug inside a run's own thread; `terminate` ends that thread from
 * outside, which inside ONNX Runtime aborts the process.
 */
export const FAULTS = ['kill', 'abort', 'segfault', 'throw', 'terminate'] as const
export type Fault = (typeof FAULTS)[number]

export type TrainingCommand =
  | { readonly type: 'start'; readonly job: TrainingJob }
  | { readonly type: 'control'; readonly runId: string; readonly control: RunControl }
  /** Of the CPU, or all others. */
  | { readonly type: 'devices'; readonly requestId: number; readonly of: 'cpu' | 'accelerators' }
  | { readonly type: 'memory'; readonly requestId: number }
  /** Makes steps of the job for a moment, and forgets them. */
  | { readonly type: 'probe'; readonly requestId: number; readonly job: TrainingJob }
  /** Lets the model of the job's checkpoint answer for a moment. */
  | { readonly type: 'speed'; readonly requestId: number; readonly job: TrainingJob }
  /** What the ONNX file is worth that teaches the job's run. */
  | { readonly type: 'judge'; readonly requestId: number; readonly job: TrainingJob }
  /** Where the operators of the job's training step run. */
  | { readonly type: 'placements'; readonly requestId: number; readonly job: TrainingJob }
  /** Lets the model of the job's run write: as it is while it trains, else that of the job's checkpoint. */
  | { readonly type: 'write'; readonly requestId: number; readonly job: TrainingJob; readonly text: TextRequest }
  /** For tests: the fault strikes the thread of this run, or the process. */
  | { readonly type: 'fault'; readonly runId: string; readonly fault: Fault }

/** What a thread of the training process is for. */
export type ThreadData = { readonly run: TrainingJob } | { readonly probe: TrainingJob } | { readonly speed: TrainingJob } | { readonly judged: TrainingJob } | { readonly placements: TrainingJob } | { readonly write: { readonly job: TrainingJob; readonly text: TextRequest; readonly given: GivenModel | null } }

/** Weights and statistics by name, copied between two updates. */
export interface GivenModel {
  /** Updates made. */
  readonly step: number
  readonly views: ReadonlyMap<string, Float32Array>
}

/** What a model has written. */
export interface WrittenText {
  /** Updates that the model had made. */
  readonly step: number
  /** What it went on from; where none was given, the end of it. */
  readonly prompt: string
  readonly written: string
}

/** What the training process says to a run's thread. `model` asks for a {@link GivenModel} through the port; `throw` makes
 *  the thread fail, in tests. */
export type WorkerMessage<Port> = RunControl | { readonly type: 'model'; readonly port: Port } | { readonly type: 'throw' }

/** What is known once data, model and engine are ready. */
export interface RunFacts {
  readonly sampleShape: Shape
  readonly target: TargetInfo
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number }
  readonly contentHash: string
  /** How features were made, fitted on the training rows; exports repeat it. */
  readonly preprocessing: FittedPreprocessing
  readonly targetPreprocessing: FittedTargets | null
  readonly parameters: number
  readonly stepsPerEpoch: number
  readonly totalSteps: number
  readonly batchSize: number
  readonly device: string
  /** How the device was found, where the document leaves it open. */
  readonly choice?: DeviceChoice | null
  readonly engineVersion: string
  readonly threads: number
  /** What the run was expected to need; runs of earlier versions have none. */
  readonly memory?: MemoryEstimate
  /** What the teacher's matched layer gives for a sample; absent where none is matched. */
  readonly feature?: Shape
  /** The ONNX file that teaches, kept as an artifact; absent where none does. */
  readonly teacher?: { readonly hash: string; readonly bytes: number } | null
  /** Milliseconds from the worker's start, by phase: `data`, `compile`, `engine`. */
  readonly preparation: Readonly<Record<string, number>>
}

/** Consecutive steps' metrics. */
export interface PointBatch {
  /** Number of the first update in the batch, from 1. */
  readonly firstStep: number
  readonly count: number
  /** By metric key: `train.loss`, `learningRate`; one value a step. */
  readonly columns: Readonly<Record<string, Float64Array>>
  /** Training seconds (pauses excluded) at each step's end; steps of one dispatch share its time evenly. */
  readonly seconds: Float64Array
}

export interface MatrixResult {
  readonly size: number
  /** Row-major `[size, size]`; rows are true classes, columns predictions. */
  readonly values: readonly number[]
}

export type TrainingEvent =
  | { readonly type: 'prepared'; readonly runId: string; readonly facts: RunFacts }
  | { readonly type: 'points'; readonly runId: string; readonly batch: PointBatch }
  /** Metrics at a step that are not of every step: epoch means, evaluations. Keys carry the part: `val.loss`. */
  | {
      readonly type: 'evaluated'
      readonly runId: string
      readonly step: number
      /** Epochs completed. */
      readonly epoch: number
      readonly seconds: number
      readonly metrics: Readonly<Record<string, number>>
      readonly matrices: Readonly<Record<string, MatrixResult>>
    }
  /** What the model answers at this step. */
  | { readonly type: 'snapshot'; readonly runId: string; readonly step: number; readonly epoch: number; readonly seconds: number; readonly snapshot: Snapshot }
  /** What was measured before the update after `step`. */
  | { readonly type: 'diagnostics'; readonly runId: string; readonly step: number; readonly seconds: number; readonly record: DiagnosticsRecord }
  | { readonly type: 'pictures'; readonly runId: string; readonly step: number; readonly seconds: number; readonly pictures: Pictures }
  | { readonly type: 'checkpoint'; readonly runId: string; readonly step: number; readonly epoch: number; readonly hash: string; readonly bytes: number; readonly reason: CheckpointReason }
  | { readonly type: 'paused'; readonly runId: string; readonly step: number }
  | { readonly type: 'resumed'; readonly runId: string; readonly step: number }
  | { readonly type: 'learningRateChanged'; readonly runId: string; readonly step: number; readonly value: number; readonly factor: number }
  | {
      readonly type: 'finished'
      readonly runId: string
      readonly status: 'done' | 'stopped' | 'interrupted'
      readonly step: number
      readonly epoch: number
      readonly seconds: number
      readonly samples: number
      readonly final: Readonly<Record<string, number>>
      /** Why it ended by itself, in words for people by its code; null where someone stopped it. */
      readonly reason: Issue | null
      /** Step whose weights were put back as the best; null where those of the last step stay. */
      readonly restored: number | null
    }
  | { readonly type: 'failed'; readonly runId: string; readonly step: number; readonly seconds: number; readonly issues: readonly Issue[] }
  /** A bug: the error as text, for the log. */
  | { readonly type: 'crashed'; readonly runId: string; readonly message: string; readonly stack: string }

export type CheckpointReason = 'schedule' | 'pause' | 'stop' | 'end'

export type ProbeResult = Result<{ readonly samplesPerSecond: number }>

/** What an ONNX file that teaches is worth. */
export interface FileFacts {
  /** Share of its student's validation rows that it reads right; null where there are none. */
  readonly accuracy: number | null
  /** Numbers among its weights. */
  readonly parameters: number
  readonly bytes: number
  /** Samples that it answers in a second, on the CPU. */
  readonly speed: number
}

/** Messages from the training process. */
export type TrainingMessage =
  | TrainingEvent
  | { readonly type: 'ready' }
  | { readonly type: 'devices'; readonly requestId: number; readonly devices: readonly DeviceReport[] }
  /** Samples per second, or why there are none. */
  | { readonly type: 'probed'; readonly requestId: number; readonly result: ProbeResult }
  | { readonly type: 'judged'; readonly requestId: number; readonly result: Result<FileFacts> }
  | { readonly type: 'placed'; readonly requestId: number; readonly result: Result<Placements> }
  | { readonly type: 'written'; readonly requestId: number; readonly result: Result<WrittenText> }
  /** Resident memory of the training process, bytes. */
  | { readonly type: 'memory'; readonly requestId: number; readonly bytes: number }
