import type { HistoryApi } from '@main/core/history'
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

async function keep(history: HistoryApi, content: BundleContent, options: ImportOptions): Promise<string> {
  const { manifest, run, documentText, document, events } = content
  const { name, environment, seed, datasetHash, note, tags, group, color, createdAt, startedAt, finishedAt } = run
  const status = RESTING[run.status]
  const id = history.createRun({
    ...{ name, environment, seed, datasetHash, note, tags, group, color, status },
    document: documentText,
    documentHash: documentHash(document),
    times: { createdAt, startedAt, finishedAt: finishedAt ?? events.at(-1)?.recordedAt ?? createdAt },
    events: [{ kind: 'origin', step: 0, time: 0, recordedAt: createdAt, data: { baseDirectory: options.baseDirectory, stepsPerDispatch: null, snapshots: tookSnapshots(events), imported: { run: manifest.run, version: manifest.descent } } }],
  })
  try {
    await fill(history, id, content)
    return id
  } catch (error) {
    history.deleteRun(id)
    throw error
  }
}

/** Whether its origin says so; nothing else of it is taken over. */
function tookSnapshots(events: BundleContent['events']): boolean {
  const data = events.find(({ kind }) => kind === 'origin')?.data
  return typeof data === 'object' && data !== null && !Array.isArray(data) && data.snapshots === true
}

async function fill(history: HistoryApi, id: string, { run, tables, events, checkpoints }: BundleContent): Promise<void> {
  for (const { steps, seconds, metrics } of tables) history.appendPoints(id, { steps, times: seconds, columns: Object.fromEntries(metrics) })
  const { steps, epochs, samples, seconds, errors, archived } = run
  history.updateRun(id, { progress: { steps, epochs, samples, seconds }, errors, archived })
  history.appendEvents(id, events.filter(({ kind }) => kind !== 'origin'))
  // Oldest first, as they were written.
  for (const { kind, step, epoch, label, content } of [...checkpoints].reverse()) {
    const { hash, bytes } = await history.artifacts.put(content)
    history.addArtifact(id, { kind, step, epoch, hash, bytes, label })
  }
}
