import type { ExporterDefinition } from '@shared/catalog/exporters'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import type { TrainingPlan } from '@shared/compile'
import type { FittedPreprocessing, FittedTargets } from '@shared/data/types'
import type { Shape } from '@shared/graph'
import type { Language } from '@shared/locales/issues'
import type { ExperimentDocument } from '@shared/spec'
import type { HistoryApi, RunDetail } from '@main/core/history'

/** One weight or running statistic as trained. */
export interface NamedState {
  /** `dense1.kernel`, `batchNormalization1.movingMean`. */
  readonly name: string
  readonly shape: Shape
  readonly data: Float32Array
}

/** A trained model with everything that tells what it is and how it is fed. */
export interface TrainedModel {
  readonly runId: string
  readonly name: string
  /** Version of the Descent that trained it. */
  readonly version: string
  readonly document: ExperimentDocument
  readonly documentHash: string
  readonly datasetHash: string
  /** Updates that the weights have seen. */
  readonly step: number
  readonly plan: TrainingPlan
  readonly target: TargetInfo
  readonly preprocessing: FittedPreprocessing
  readonly targetPreprocessing: FittedTargets | null
  /** Weights, then statistics, in the order of the layers. */
  readonly state: readonly NamedState[]
}

/** Writes a trained model in one format. Equal models give equal bytes. */
export interface ModelExporter {
  readonly definition: ExporterDefinition
  /** Throws an `IssueError` when the format cannot hold the model. */
  write(model: TrainedModel): Uint8Array
}

/** Writes what was recorded of a run, trained or not. */
export interface RunExporter {
  readonly definition: ExporterDefinition
  /** Throws an `IssueError` when something of the run cannot be read. */
  writeRun(history: HistoryApi, run: RunDetail, language: Language): Promise<Uint8Array>
}

export type Exporter = ModelExporter | RunExporter
