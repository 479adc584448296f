import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Core } from '@main/core'
import { parseDocument, parseDocumentText } from '@shared/spec'
import { success, type Result } from '@shared/spec/issue'
import type { RunView } from '@shared/protocol/views'
import type { DocumentPlaces } from '../document-places'
import type { Handlers } from '../handlers'
import { ending, unfinishedRuns } from '../run-ending'
import type { RunViews } from '../run-view'
import type { RunChangeFeed } from '../topics/runs'

/** Rows read between two turns of the event loop. */
const SLICE = 200

type RunRequests = Handlers<'runs.start' | 'runs.control' | 'runs.resume' | 'runs.write' | 'runs.list' | 'runs.read' | 'runs.update' | 'runs.delete'>

export function runRequests(core: Core, places: DocumentPlaces, views: RunViews, feed: RunChangeFeed, now: () => number): RunRequests {
  const { history } = core
  return {
    'runs.start': async ({ document, tab, file, tags, group }) => {
      const parsed = parseDocument(document)
      if (!parsed.ok) return parsed
      const baseDirectory = places.baseDirectory(tab, file)
      const confined = await places.confine(parsed.value, baseDirectory)
      if (!confined.ok) return confined
      const runId = core.start({ document: parsed.value, baseDirectory, tags, group, snapshots: true })
      feed.begun([runId])
      return success({ runId })
    },
    'runs.control': ({ runId, control }) => {
      core.control(runId, control)
      return null
    },
    'runs.resume': async ({ runId }) => {
      const confined = await confineImported(core, places, runId)
      if (!confined.ok) return confined
      const resumed = core.resume(runId)
      if (resumed.ok) feed.begun([runId])
      return resumed.ok ? success({ runId }) : resumed
    },
    'runs.write': async ({ runId, ...text }) => {
      const confined = await confineImported(core, places, runId)
      return confined.ok ? await core.write(runId, text) : confined
    },
    'runs.list': async ({ after, most, from: place }) => {
      const at = now()
      const { ids, next } = history.listIds({ changedSince: after, limit: most, from: place })
      const runs: RunView[] = []
      for (let from = 0; from < ids.length; from += SLICE) {
        if (from > 0) await nextTurn()
        runs.push(...history.getRuns(ids.slice(from, from + SLICE)).map((run) => views.viewOf(run)))
      }
      return { runs, now: at, next }
    },
    'runs.read': ({ runId }) => {
      const run = history.getRun(runId)
      if (run === null) return null
      const checkpoints = history.listArtifacts(runId, 'checkpoint').map(({ step, epoch, bytes }) => ({ step, epoch, bytes }))
      return { ...views.viewOf(run), documentText: run.document, versions: run.environment.versions, checkpoints }
    },
    'runs.update': ({ runIds, changes }) => {
      for (const id of existing(core, runIds)) {
        history.updateRun(id, changes)
        feed.changed(id)
      }
      return null
    },
    'runs.delete': async ({ runIds }) => {
      for (const [index, id] of existing(core, runIds).entries()) {
        if (index % SLICE === SLICE - 1) await nextTurn()
        await remove(core, id)
        views.forget(id)
        feed.deleted(id)
      }
      return null
    },
  }
}

/** Another window may have deleted some meanwhile. */
function existing({ history }: Core, runIds: readonly string[]): readonly string[] {
  return runIds.filter((id) => history.hasRun(id))
}

/** A run out of a bundle may name any file; one that was started here was looked at then. */
async function confineImported({ history }: Core, places: DocumentPlaces, runId: string): Promise<Result<null>> {
  const run = history.getRun(runId)
  const [origin] = run === null ? [] : history.readEvents(runId, { kinds: ['origin'], limit: 1 })
  const data = origin?.data
  if (run === null || typeof data !== 'object' || data === null || Array.isArray(data) || data.imported === undefined) return success(null)
  const document = parseDocumentText(run.document)
  if (!document.ok) return document
  return await places.confine(document.value, String(data.baseDirectory))
}

/** A run that trains is stopped first. */
async function remove(core: Core, id: string): Promise<void> {
  if (unfinishedRuns(core).includes(id)) {
    const ended = ending(core, [id])
    core.control(id, { type: 'stop', as: 'stopped' })
    await ended
  }
  if (core.history.hasRun(id)) core.history.deleteRun(id)
}
