import { z } from 'zod'
import { environmentSchema } from '@main/core/history/types'

/*
 * A run bundle is a zip of these files and no others:
 *   manifest.json              what the bundle is, and the size and SHA-256 of every other file
 *   document.descent.json      the document's text, exactly as run
 *   run.json                   the run's row: name, status, environment, times, tags, …
 *   points.json                which metrics stand in which table
 *   points/<n>.npy             float64 [2 + metrics, points]: steps, seconds, then a row for each metric; exact
 *   events.json                what happened, in order
 *   checkpoints.json           what the checkpoints are
 *   checkpoints/<n>.safetensors
 */

export const BUNDLE_KIND = 'descent-run'
/** The version that this build writes, and the only one so far. */
export const BUNDLE_VERSION = 1

export const MANIFEST = 'manifest.json'
export const DOCUMENT = 'document.descent.json'
export const RUN = 'run.json'
export const POINTS = 'points.json'
export const EVENTS = 'events.json'
export const CHECKPOINTS = 'checkpoints.json'
/** Every name that a bundle may hold. */
export const ALLOWED_NAME = /^(?:manifest|run|points|events|checkpoints)\.json$|^document\.descent\.json$|^points\/\d{1,6}\.npy$|^checkpoints\/\d{1,6}\.safetensors$/

/** Shortest prefix of the manifest that any version must have. */
export const headSchema = z.object({ kind: z.string(), version: z.number() })

export const manifestSchema = z.strictObject({
  kind: z.literal(BUNDLE_KIND),
  version: z.literal(BUNDLE_VERSION),
  /** Of the Descent that trained the run. */
  descent: z.string().max(100),
  /** The run's id where it was trained. */
  run: z.string().min(1).max(64),
  files: z.array(z.strictObject({ name: z.string().max(200), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).max(10_000),
})
export type Manifest = z.output<typeof manifestSchema>

/** Milliseconds since 1970, up to the year 9999: run ids have four digits for it. */
const time = z.int().min(0).max(253_402_300_799_999)
const amount = z.number().min(0)
const argument = z.union([z.string(), z.number()])

export const runSchema = z.strictObject({
  name: z.string().min(1).max(200),
  status: z.enum(['queued', 'running', 'paused', 'stopped', 'interrupted', 'failed', 'done']),
  environment: environmentSchema,
  seed: z.int().min(0),
  datasetHash: z.string().max(200),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  steps: z.int().min(0),
  epochs: amount,
  samples: amount,
  seconds: amount,
  errors: z.array(z.strictObject({ code: z.string().max(100), path: z.array(argument).max(50), args: z.record(z.string(), argument) })).max(1000),
  note: z.string().max(20_000),
  tags: z.array(z.string().max(100)).max(50),
  group: z.string().max(200).nullable(),
  color: z.string().max(20).nullable(),
  archived: z.boolean(),
})
export type BundledRun = z.output<typeof runSchema>

/** Metrics become keys of objects. */
const metricKey = z.string().max(200).regex(/^(?!constructor$|prototype$)[A-Za-z][\w./@:+()\[\] -]*$/)

export const pointsSchema = z.array(z.strictObject({ file: z.string(), points: z.int().min(1), metrics: z.array(metricKey).min(1).max(10_000) })).max(10_000)

export const eventsSchema = z.array(z.strictObject({ kind: z.string().min(1).max(40), step: z.int().min(0), time: z.number(), recordedAt: time, data: z.json() }))
export type BundledEvent = z.output<typeof eventsSchema>[number]

export const checkpointsSchema = z.array(
  z.strictObject({ file: z.string(), kind: z.enum(['checkpoint', 'best']), step: z.int().min(0), epoch: amount, label: z.string().max(200) }),
)
export type BundledCheckpoint = z.output<typeof checkpointsSchema>[number]

/** One table of points: metrics that were measured at the same steps. */
export interface PointTable {
  readonly steps: Float64Array
  readonly seconds: Float64Array
  readonly metrics: ReadonlyMap<string, Float64Array>
}
