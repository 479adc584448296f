import type { HistoryApi, NewArtifact, RecordedRun } from '@main/core/history'
import { documentHash } from '@main/core/training/hash'
import { IssueError, success, type Result } from '@shared/spec/issue'
import { expectCheckpointsFit } from './fit'
import type { BundledRun } from './format'
import { readBundle, type BundleContent } from './read'

export interface ImportOptions {
  /** Where relative paths of the document start when the run is resumed here: never a place that the bundle names. */
  readonly baseDirectory: string
}

/** A run that was under way elsewhere can be resumed here. */
const RESTING: Readonly<Record<BundledRun['status'], BundledRun['status']>> = {
  queued: 'interrupted',
  running: 'interrupted',
  paused: 'interrupted',
  stopped: 'stopped',
  interrupted: 'interrupted',
  failed: 'failed',
  done: 'done',
}

/**
 * Adds the run of a bundle to the history, under a new id: points bit for bit, events, times, tags, note and checkpoints.
 * The bundle may come from anywhere: it is checked as a whole before anything is kept, and a failure leaves nothing.
 * Issues: `bundle-name`, `bundle-too-large`, `bundle-broken`, `bundle-version`, `bundle-damaged`, `bundle-json`,
 * `bundle-forbidden-key`, `bundle-points`, `bundle-checkpoint`, `run-checkpoint-damaged`, those of its document, and
 * `history-…`, `artifact-…` where this machine cannot keep it.
 */
export async function importBundle(history: HistoryApi, archive: Uint8Array, options: ImportOptions): Promise<Result<string>> {
  try {
    const content = readBundle(archive)
    expectCheckpointsFit(content)
    return success(await keep(history, content, options))
  } catch (error) {
    if (error instanceof IssueError) return { ok: false, issues: error.issues }
    throw error
  }
}

/** Files first, then all rows at once: a run that is there is whole, whatever happens meanwhile. */
async function keep(history: HistoryApi, content: BundleContent, options: ImportOptions): Promise<string> {
  const stored: string[] = []
  try {
    const artifacts: NewArtifact[] = []
    // Oldest first, as they were written.
    for (const { kind, step, epoch, label, content: file } of [...content.checkpoints].reverse()) {
      const { hash, bytes } = await history.artifacts.put(file)
      stored.push(hash)
      artifacts.push({ kind, step, epoch, hash, bytes, label })
    }
    return history.addRun({ ...recorded(content, options), artifacts })
  } catch (error) {
    history.discardFiles(stored)
    throw error
  }
}

function recorded({ manifest, run, documentText, document, events, tables }: BundleContent, { baseDirectory }: ImportOptions): Omit<RecordedRun, 'artifacts'> {
  const { name, environment, seed, datasetHash, note, tags, group, color, createdAt, startedAt, finishedAt, errors, archived } = run
  const { steps, epochs, samples, seconds } = run
  const origin = { kind: 'origin', step: 0, time: 0, recordedAt: createdAt, data: { baseDirectory, stepsPerDispatch: null, snapshots: tookSnapshots(events), imported: { run: manifest.run, version: manifest.descent } } }
  return {
    ...{ name, environment, seed, datasetHash, note, tags, group, color, errors, archived },
    status: RESTING[run.status],
    document: documentText,
    documentHash: documentHash(document),
    times: { createdAt, startedAt, finishedAt: finishedAt ?? events.at(-1)?.recordedAt ?? createdAt },
    progress: { steps, epochs, samples, seconds },
    events: [origin, ...events.filter(({ kind }) => kind !== 'origin')],
    points: tables.map((table) => ({ steps: table.steps, times: table.seconds, columns: Object.fromEntries(table.metrics) })),
  }
}

/** Whether its origin says so; nothing else of it is taken over. */
function tookSnapshots(events: BundleContent['events']): boolean {
  const data = events.find(({ kind }) => kind === 'origin')?.data
  return typeof data === 'object' && data !== null && !Array.isArray(data) && data.snapshots === true
}
