import { z } from 'zod'
import { textRequestSchema } from '@shared/data/text'
import type { DataSummary } from '@shared/data/types'
import type { ComparedRow, PairedGain } from '@shared/distillation'
import { distillationSchema } from '@shared/spec/distillation'
import type { Result } from '@shared/spec/issue'
import type { DeviceReport, Placements } from './devices'
import { FAULTS, type RunFacts, type TrainingEvent, type WrittenText } from './training'
import type { PointsTick, RunDetailView, RunEventView, RunListView, RunStatus, SeriesSlice } from './views'
import type { ExampleGroup } from './examples'
import type { Lesson } from './lessons'

/**
 * THE contract between a host and its windows: requests and subscriptions, whatever carries them. Parameters are parsed
 * at the host's boundary; results are trusted. User mistakes come back as `Result` values, so that a window shows them
 * where they belong; anything thrown is a bug. Typed arrays arrive as typed arrays on every carrier.
 */

export interface AppInfo {
  readonly host: 'electron' | 'browser'
  readonly version: string
  readonly platform: string
  readonly dataDirectory: string
  /** CPU threads of the machine. */
  readonly threads: number
}

/** A document open in a tab, kept by the host so that closing the window loses nothing. */
export interface WorkspaceTab {
  readonly id: string
  /** The document's JSON text as it stands in the editor: it may have problems. */
  readonly text: string
  /** File it was opened from or saved to; null for a new one. In a browser there are no paths, only names. */
  readonly file: string | null
  /** While it has none: a path in the folder where its relative paths start, as those of the run did that it came from. */
  readonly origin?: string | null
  readonly savedText: string | null
}

export interface Workspace {
  readonly tabs: readonly WorkspaceTab[]
  readonly active: string | null
}

export interface DatasetPreview {
  readonly summary: DataSummary
  /** A few training samples after preprocessing, `[count, …sampleShape]`, with their targets in words. */
  readonly samples: { readonly count: number; readonly data: Float32Array; readonly targets: readonly string[] }
  /** Two-feature data: raw points to draw, `[n, 2]`, and their class or value. */
  readonly points: { readonly data: Float32Array; readonly values: Float32Array } | null
}

export interface MachineStatus {
  /** Resident memory of all of Descent's processes, bytes. */
  readonly memory: number
  readonly running: readonly string[]
  readonly queued: readonly string[]
}

/** Largest file that `files.upload` takes. Larger ones are copied into the data directory's `files` by hand. */
export const MAX_UPLOAD_BYTES = 256 * 1024 * 1024

/** Most seeds of one distillation. */
export const MAX_SEEDS = 100

const runId = z.string().min(1).max(64)
const empty = z.strictObject({})
const bytes = z.instanceof(Uint8Array)
const text = z.string().max(8 * 1024 * 1024)

const control = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('pause') }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('step') }),
  z.strictObject({ type: z.literal('stop'), as: z.enum(['stopped', 'interrupted']) }),
  z.strictObject({ type: z.literal('learningRate'), value: z.number().min(0) }),
])

const file = z.string().max(4096).nullable()
const tab = z.strictObject({ id: z.string().max(64), text, file, origin: file.optional(), savedText: text.nullable() })

/** Parameters by request, as parsed at the boundary. */
export const requestSchemas = {
  'app.info': empty,
  'app.devices': empty,
  /** Where the operators of the experiment's training step run on a device. */
  'devices.placements': z.strictObject({ document: z.unknown(), tab: z.string().max(64), device: z.string().max(64) }),
  'app.status': empty,
  /** For tests of what survives; a bug unless the host was told to allow it. */
  'app.strike': z.strictObject({ runId, fault: z.enum(FAULTS) }),
  'settings.read': empty,
  'settings.write': z.strictObject({ key: z.string().max(64).regex(/^[a-zA-Z][\w.-]*$/), value: z.json() }),
  'workspace.read': empty,
  'workspace.write': z.strictObject({ tabs: z.array(tab).max(100), active: z.string().max(64).nullable() }),
  /** The shipped example documents. */
  'examples.list': empty,
  'examples.read': z.strictObject({ name: z.string().max(200) }),
  /** Experiments that teach by comparison; the documents of one, in its order. */
  'lessons.list': empty,
  'lessons.read': z.strictObject({ lesson: z.string().max(200) }),
  /** Electron: shows the dialog; null when canceled. Browsers read files themselves. */
  'files.open': z.strictObject({ kind: z.enum(['document', 'data', 'folder', 'bundle']) }),
  'files.save': z.strictObject({ path: z.string().max(4096).nullable(), suggestedName: z.string().max(200), content: z.union([text, bytes]) }),
  /** Browsers: stores a data file in the data directory's `files` and returns the path that a document may use: relative
   *  paths of a browser's documents start there. Folders of images: one request a file, named `cats/1.png`. */
  'files.upload': z.strictObject({ name: z.string().min(1).max(200), content: bytes.refine(({ length }) => length <= MAX_UPLOAD_BYTES) }),
  /** `file`: the document's own, where it has one; its folder is where relative paths start. */
  'dataset.preview': z.strictObject({ dataset: z.unknown(), seed: z.number(), tab: z.string().max(64), file: file.optional() }),
  'runs.start': z.strictObject({ document: z.unknown(), tab: z.string().max(64).nullable(), file: file.optional(), tags: z.array(z.string().max(100)).max(50).optional(), group: z.string().max(200).optional() }),
  'runs.control': z.strictObject({ runId, control }),
  'runs.resume': z.strictObject({ runId }),
  /** Lets the model of a run that learns a text write. */
  'runs.write': textRequestSchema.extend({ runId }),
  'runs.list': z.strictObject({ after: z.number().optional(), most: z.int().min(1).max(10_000).optional(), from: z.strictObject({ createdAt: z.int(), key: z.int() }).optional() }),
  'runs.read': z.strictObject({ runId }),
  'runs.update': z.strictObject({
    runIds: z.array(runId).max(10_000),
    changes: z.strictObject({
      name: z.string().min(1).max(200).optional(),
      note: z.string().max(20_000).optional(),
      tags: z.array(z.string().max(100)).max(50).optional(),
      group: z.string().max(200).nullable().optional(),
      color: z.string().max(20).nullable().optional(),
      archived: z.boolean().optional(),
    }),
  }),
  /** For good; windows offer undo before they ask for it. */
  'runs.delete': z.strictObject({ runIds: z.array(runId).max(10_000) }),
  /** A student with a teacher and the same student alone, from so many seeds; an experiment that teaches is trained first, a
   *  file's path starts where the student's do. */
  'distillation.start': z.strictObject({
    teacher: z.union([z.strictObject({ run: runId }), z.strictObject({ document: z.unknown(), tab: z.string().max(64) }), z.strictObject({ file: z.string().min(1).max(4096), studentTab: z.string().max(64) })]),
    student: z.unknown(),
    seeds: z.int().min(1).max(MAX_SEEDS),
    ...distillationSchema.omit({ teacher: true }).shape,
  }),
  /** Answers when all of these runs have ended. Without a teacher's run, a file has taught. */
  'distillation.compare': z.strictObject({ teacher: z.array(runId).max(1), distilled: z.array(runId).min(1).max(MAX_SEEDS), alone: z.array(runId).min(1).max(MAX_SEEDS) }),
  'series.keys': z.strictObject({ runId }),
  'series.read': z.strictObject({ runId, key: z.string().max(200), from: z.number().optional(), to: z.number().optional(), maxPoints: z.int().min(16).max(2_000_000) }),
  /** Of many metrics at once, each as `series.read` gives it. */
  'series.readMany': z.strictObject({ series: z.array(z.strictObject({ runId, key: z.string().max(200) })).max(1000), maxPoints: z.int().min(16).max(20_000) }),
  /** `newest`: of each of `kinds` only the newest so many, as a window needs that comes late. */
  'events.read': z.strictObject({ runId, kinds: z.array(z.string().max(40)).max(50).optional(), newest: z.int().min(1).max(1000).optional() }),
  /** `language`: of what people read in it (reports). */
  'exports.create': z.strictObject({ runId, format: z.string().max(40), language: z.enum(['en', 'zh-CN']).optional() }),
  /** A run bundle's content, or on the desktop the path that `files.open` gave. */
  'bundles.import': z.union([z.strictObject({ content: bytes }), z.strictObject({ path: z.string().max(4096) })]),
} as const

export type RequestName = keyof typeof requestSchemas
export type RequestParams<K extends RequestName> = z.output<(typeof requestSchemas)[K]>

export interface RequestResults {
  'app.info': AppInfo
  'app.devices': readonly DeviceReport[]
  'devices.placements': Result<Placements>
  'app.status': MachineStatus
  'app.strike': null
  'settings.read': Readonly<Record<string, z.core.util.JSONType>>
  'settings.write': null
  'workspace.read': Workspace
  'workspace.write': null
  'examples.list': readonly ExampleGroup[]
  'examples.read': string
  'lessons.list': readonly Lesson[]
  'lessons.read': readonly string[]
  'files.open': { readonly path: string; readonly text: string | null } | null
  'files.save': { readonly path: string } | null
  'files.upload': Result<{ readonly path: string }>
  'dataset.preview': Result<DatasetPreview>
  'runs.start': Result<{ readonly runId: string }>
  'runs.control': null
  'runs.resume': Result<{ readonly runId: string }>
  'runs.write': Result<WrittenText>
  /** Newest first. With `after`: only runs changed since then (`RunListView.now` of an earlier answer). At most `most` of them;
   *  the page after it starts `from` the place that it told as `next`. */
  'runs.list': RunListView
  'runs.read': RunDetailView | null
  'runs.update': null
  'runs.delete': null
  'distillation.start': Result<RequestParams<'distillation.compare'>>
  'distillation.compare': Result<{ readonly rows: readonly ComparedRow[]; readonly gain: PairedGain | null }>
  'series.keys': readonly string[]
  'series.read': SeriesSlice
  'series.readMany': readonly SeriesSlice[]
  'events.read': readonly RunEventView[]
  'bundles.import': Result<{ readonly runId: string }>
  'exports.create': Result<{ readonly name: string; readonly mediaType: string; readonly content: Uint8Array }>
}

/** Filters by topic. */
export const topicSchemas = {
  /** Runs that were added or changed, and ids of those deleted. */
  runs: empty,
  /** One run's points, those recorded first and then what is new, at most ten times a second; the cursors of the last
   *  ticks make it go on from there. No keys: every metric, also such as appear later. */
  points: z.strictObject({ runId, keys: z.array(z.string().max(200)).max(500), cursors: z.record(z.string(), z.unknown()).optional() }),
  /** One run's training events as they happen, points left out. */
  training: z.strictObject({ runId }),
  /** What the desktop asks of the window; silent in browsers. */
  desktop: empty,
} as const

export type TopicName = keyof typeof topicSchemas
export type TopicFilter<K extends TopicName> = z.output<(typeof topicSchemas)[K]>

export type TrainingNotice = Exclude<TrainingEvent, { readonly type: 'points' }> | { readonly type: 'lost'; readonly runId: string; readonly reason: string }

/** Entries of the desktop's menu that the window carries out; it ignores those that it has no use for at the moment. */
export type DesktopCommand =
  | 'newExperiment'
  | 'open'
  | 'save'
  | 'saveAs'
  | 'closeTab'
  | 'reopenTab'
  | 'undo'
  | 'redo'
  | 'palette'
  | 'shortcuts'
  | 'train'
  | 'pause'
  | 'step'
  | 'stop'
  | 'goBuild'
  | 'goTrain'
  | 'goRuns'
  | 'goCompare'
  | 'goReplay'
  | 'goLab'
  | 'goDevices'

export type DesktopEvent =
  | { readonly type: 'command'; readonly command: DesktopCommand }
  /** A document that was opened from outside: by its icon, or by another start of the program. */
  | { readonly type: 'open'; readonly path: string; readonly text: string }

export interface TopicEvents {
  runs: { readonly changed: RunListView['runs']; readonly deleted: readonly string[] }
  points: PointsTick
  training: TrainingNotice
  desktop: DesktopEvent
}

export type { PointsTick, RunDetailView, RunEventView, RunFacts, RunListView, RunStatus, SeriesSlice, WrittenText }

/** What a window holds, whatever the carrier. */
export interface Client {
  /** Rejects with `ConnectionLost` when the carrier goes away; other rejections are bugs of the host. */
  request<K extends RequestName>(name: K, params: RequestParams<K>): Promise<RequestResults[K]>
  /** Returns how to end it. */
  subscribe<K extends TopicName>(topic: K, filter: TopicFilter<K>, listener: (event: TopicEvents[K]) => void): () => void
  onClose(listener: () => void): void
  close(): void
}

/** What a host implements. */
export interface Service {
  request<K extends RequestName>(name: K, params: RequestParams<K>): Promise<RequestResults[K]>
  /** Returns how to end it. `fail`: it is over, because nothing more can be told. */
  subscribe<K extends TopicName>(topic: K, filter: TopicFilter<K>, emit: (event: TopicEvents[K]) => void, fail: (error: unknown) => void): () => void
}
