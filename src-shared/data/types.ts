import type { TargetInfo } from '@shared/catalog/losses/loss'
import type { Shape } from '@shared/graph'

/** The narrowest type that holds every number of a column exactly: a table of pixels stays bytes. */
export type NumericValues = Uint8Array | Float32Array | Float64Array

/** One column of a table as read, before preprocessing. */
export type Column =
  | { readonly kind: 'numeric'; readonly name: string; /** NaN where missing. */ readonly values: NumericValues }
  | { readonly kind: 'category'; readonly name: string; /** −1 where missing. */ readonly codes: Int32Array; readonly categories: readonly string[] }

export type RawFeatures =
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }
  /** Row-major `[rows, …shape]`; images channels first. Bytes stay bytes until they are scaled; NaN where missing. */
  | { readonly kind: 'dense'; readonly shape: Shape; readonly data: Float32Array | Uint8Array; /** Of a text: the characters that the numbers stand for. */ readonly characters?: readonly string[] }

export type RawTargets =
  /** −1 where missing; `[rows · positions]` where a sequence has a label at every position. */
  | { readonly kind: 'class'; readonly labels: Int32Array; readonly classNames: readonly string[]; readonly positions?: number }
  /** Row-major `[rows, …shape]`; NaN where missing. */
  | { readonly kind: 'value'; readonly shape: Shape; readonly data: Float32Array; readonly names: readonly string[] }

/** A data set as read or generated; rows are in file order. */
export interface RawData {
  readonly rows: number
  readonly features: RawFeatures
  readonly targets: RawTargets
  /** Rows from here on are the source's own test part (MNIST's t10k), which no split touches. */
  readonly testFrom?: number
  /** Where rows stand, so that an issue can name the line. */
  readonly origin?: RowOrigin
  /** Of a table in a file: the names of all its columns in file order, those that are not used too. */
  readonly columnNames?: readonly string[]
}

export interface RowOrigin {
  /** Files in row order, each with the row it starts at. */
  readonly files: readonly { readonly name: string; readonly from: number }[]
  /** Line of each row, from 1; absent where the file has no lines. */
  readonly lines?: Int32Array
}

/** How one input feature was made, fitted on the training rows only; kept with the model so that exports can repeat it. */
export type FittedColumn =
  | { readonly kind: 'numeric'; readonly name: string; readonly fill: number | null; /** output = (x − shift)·scale */ readonly shift: number; readonly scale: number }
  | { readonly kind: 'oneHot'; readonly name: string; readonly categories: readonly string[] }

export type FittedPreprocessing =
  | { readonly kind: 'columns'; readonly columns: readonly FittedColumn[] }
  /** output = (x − shift)·scale, with one entry for all elements, one per channel, or one per element. */
  | { readonly kind: 'dense'; readonly shape: Shape; readonly shift: readonly number[]; readonly scale: readonly number[] }

/** Target values may be scaled too (regression): output = (y − shift)·scale per component. */
export interface FittedTargets {
  readonly shift: readonly number[]
  readonly scale: readonly number[]
}

/** Rows ready to train on. */
export interface DataPart {
  readonly rows: number
  /** Row-major float32 `[rows, …sampleShape]`. Parts may be views of one buffer: send or transfer them together. */
  readonly features: Float32Array
  /** int32 labels `[rows]` (`[rows, positions]`) or float32 `[rows, …shape]`. */
  readonly targets: Int32Array | Float32Array
  /** Row of the source that each row came from. */
  readonly source: Int32Array
}

export interface PreparedData {
  readonly sampleShape: Shape
  readonly target: TargetInfo
  readonly train: DataPart
  readonly validation: DataPart | null
  readonly test: DataPart | null
  readonly preprocessing: FittedPreprocessing
  readonly targetPreprocessing: FittedTargets | null
  /** SHA-256 (hex) of what was read: the raw values, names and labels. */
  readonly contentHash: string
}

/** What `descent data` and the preview show. */
export interface DataSummary {
  readonly rows: number
  readonly sampleShape: Shape
  readonly target: TargetInfo
  readonly parts: Readonly<Record<'train' | 'validation' | 'test', number>>
  /** Per feature of a table, or one entry for all pixels or a text. Of the raw values; `categories` of a text are its characters. */
  readonly features: readonly { readonly name: string; readonly kind: 'numeric' | 'category' | 'text'; readonly min: number; readonly max: number; readonly mean: number; readonly missing: number; readonly categories: number }[]
  /** All columns of a table in a file, in its order, those that are not used too; empty for other data. */
  readonly columnNames: readonly string[]
  /** Labels of each class, in class order; empty for regression. */
  readonly classCounts: readonly number[]
  /** First rows as people would read them. */
  readonly firstRows: readonly (readonly string[])[]
  readonly contentHash: string
}
