import type { LayerHistory, Measured } from '@shared/diagnostics/measured'
import type { ExperimentDocument } from '@shared/spec'
import type { Issue } from '@shared/spec/issue'
import type { z } from 'zod'
import type { Text } from '../definition'

/** Values of a metric; steps ascend. */
export interface Curve {
  readonly steps: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** All that is known of a run when somebody asks what is wrong with it. */
export interface Evidence {
  readonly document: ExperimentDocument
  /** Null before it was prepared. */
  readonly facts: { readonly stepsPerEpoch: number; readonly batchSize: number; readonly trainingRows: number } | null
  /** Why it failed; empty unless it did. */
  readonly errors: readonly Issue[]
  readonly measured: readonly Measured[]
  /** Layers of {@link measured}, over time. */
  readonly layers: readonly LayerHistory[]
  /** Points of a metric, thinned out where there are many; null where there are none. */
  readonly curve: (key: string) => Curve | null
}

type Args = Readonly<Record<string, string | number>>

/** A change of the document, as `descent run --set` takes it. */
export interface Edit {
  readonly path: readonly (string | number)[]
  readonly value: z.core.util.JSONType
}

/** A changed experiment worth trying. */
export interface Remedy {
  /** What it does; `{name}` stands for an argument. */
  readonly text: Text
  readonly args: Args
  /** Of the document as it was run. */
  readonly edits: readonly Edit[]
}

/** What a definition found, for one layer or the whole run. */
export interface Detected {
  /** The layer that it is about. */
  readonly layer?: string
  readonly args: Args
  readonly remedies: readonly Remedy[]
}

/** One file per finding: a problem of training that can be told from what a run recorded. */
export interface FindingDefinition {
  readonly type: string
  /** `problem`: the run is spoiled by it; `hint`: it would be better without. */
  readonly severity: 'problem' | 'hint'
  readonly title: Text
  /** What was found, with the arguments of {@link Detected} in `{}`. */
  readonly message: Text
  /** Why it matters. */
  readonly help: Text
  /** When it is told, exactly. */
  readonly threshold: Text
  readonly source: string
  /** Findings that explain this one: it is not told beside them. `problem` stands for any of that severity. */
  readonly effectOf?: readonly string[]
  detect(evidence: Evidence): readonly Detected[]
}

export type Finding = Detected & { readonly definition: FindingDefinition }
