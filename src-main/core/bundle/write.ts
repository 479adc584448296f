import { sha256 } from '@main/core/artifacts'
import { zip, type ZipEntry } from '@main/core/exports/zip'
import type { HistoryApi, RunDetail } from '@main/core/history'
import {
  BUNDLE_KIND,
  BUNDLE_VERSION,
  CHECKPOINTS,
  DOCUMENT,
  EVENTS,
  MANIFEST,
  POINTS,
  RUN,
  type BundledCheckpoint,
  type BundledEvent,
  type BundledRun,
  type Manifest,
} from './format'
import { encodeTable, readTables } from './points'

/** Events read at a time. */
const EVENT_PAGE = 10_000

/** The whole run as one zip; see format.ts. Equal runs give equal bytes. Throws `artifact-…`, `export-too-large`. */
export async function writeBundle(history: HistoryApi, run: RunDetail): Promise<Uint8Array> {
  const tables = readTables(history, run.id).map((table, at) => ({ ...table, file: `points/${String(at)}.npy` }))
  const events = readAllEvents(history, run.id)
  const artifacts = history.listArtifacts(run.id).filter(({ kind }) => kind !== 'export')
  const checkpoints = artifacts.map(({ kind, step, epoch, label, hash }, at) => ({ file: `checkpoints/${String(at)}.safetensors`, kind: kind === 'best' ? 'best' : 'checkpoint', step, epoch, label, hash }) as const)
  const files: ZipEntry[] = [
    { name: DOCUMENT, content: run.document },
    { name: RUN, content: json(rowOf(run)) },
    { name: POINTS, content: json(tables.map(({ file, steps, metrics }) => ({ file, points: steps.length, metrics: [...metrics.keys()] }))) },
    ...tables.map((table): ZipEntry => ({ name: table.file, content: encodeTable(table), level: 1 })),
    { name: EVENTS, content: json(events) },
    { name: CHECKPOINTS, content: json(checkpoints.map(({ hash: _, ...rest }): BundledCheckpoint => rest)) },
  ]
  for (const { file, hash } of checkpoints) files.push({ name: file, content: await history.artifacts.read(hash), level: 0 })
  return zip('bundle', [{ name: MANIFEST, content: json(manifestOf(run, files)) }, ...files])
}

function manifestOf(run: RunDetail, files: readonly ZipEntry[]): Manifest {
  const entries = files.map(({ name, content }) => ({ name, bytes: Buffer.byteLength(content), sha256: sha256(content) }))
  return { kind: BUNDLE_KIND, version: BUNDLE_VERSION, descent: run.environment.versions.descent ?? '', run: run.id, files: entries }
}

function rowOf(run: RunDetail): BundledRun {
  const { name, status, environment, seed, datasetHash, createdAt, startedAt, finishedAt, steps, epochs, samples, seconds, errors, note, tags, group, color, archived } = run
  const plain = errors.map(({ code, path, args }) => ({ code, path: [...path], args: { ...args } }))
  return { name, status, environment, seed, datasetHash, createdAt, startedAt, finishedAt, steps, epochs, samples, seconds, errors: plain, note, tags: [...tags], group, color, archived }
}

function readAllEvents(history: HistoryApi, runId: string): BundledEvent[] {
  const all: BundledEvent[] = []
  for (let after = 0; ; ) {
    const page = history.readEvents(runId, { after, limit: EVENT_PAGE })
    all.push(...page.map(({ kind, step, time, recordedAt, data }) => ({ kind, step, time, recordedAt, data })))
    const last = page.at(-1)
    if (last === undefined || page.length < EVENT_PAGE) return all
    after = last.id
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
