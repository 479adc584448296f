import { readFile, stat } from 'node:fs/promises'
import type { HistoryApi } from '@main/core/history'
import { messageOf } from '@shared/lib/message-of'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { ServiceOptions } from '../context'
import type { DocumentPlaces } from '../document-places'
import type { Handlers } from '../handlers'
import type { RunChangeFeed } from '../topics/runs'

/** Larger ones hold more than any run; they are copied by the command line. */
const MAX_BYTES = 2 ** 31 - 1

/** Runs from elsewhere. Loaded when first needed. */
export function bundleRequests(history: HistoryApi, { desktop }: Pick<ServiceOptions, 'desktop'>, places: DocumentPlaces, feed: RunChangeFeed): Handlers<'bundles.import'> {
  return {
    'bundles.import': async (params) => {
      // Only the desktop's windows name files of the machine.
      const content = 'content' in params ? success(params.content) : desktop === null ? failure(issue('bundle-unreadable', [], { path: params.path, reason: 'windows in a browser send the file itself' })) : await read(params.path)
      if (!content.ok) return content
      const { importBundle } = await import('@main/core/bundle')
      const imported = await importBundle(history, content.value, { baseDirectory: places.baseDirectory(null, null) })
      if (!imported.ok) return imported
      feed.changed(imported.value)
      return success({ runId: imported.value })
    },
  }
}

async function read(path: string): Promise<Result<Uint8Array>> {
  try {
    const { size } = await stat(path)
    if (size > MAX_BYTES) return failure(issue('bundle-too-large', [], { bytes: size, limit: MAX_BYTES }))
    return success(await readFile(path))
  } catch (error) {
    return failure(issue('bundle-unreadable', [], { path, reason: messageOf(error) }))
  }
}
