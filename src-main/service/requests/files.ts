import { basename, join } from 'node:path'
import { FILES_FOLDER, type ServiceOptions } from '../context'
import type { FileGrants } from '../file-grants'
import type { Handlers } from '../handlers'
import { replaceFile } from '../json-file'
import { readDocumentText } from '../document-text'
import { storeUpload } from '../uploads'

/** Files beyond the data directory are the desktop's; browsers read and save theirs by themselves. */
export function fileRequests({ dataDirectory, desktop }: ServiceOptions, grants: FileGrants): Handlers<'files.open' | 'files.save' | 'files.upload'> {
  return {
    'files.open': async ({ kind }) => {
      const path = (await desktop?.open(kind)) ?? null
      if (path === null) return null
      if (kind !== 'document') return { path, text: null }
      await grants.add(path)
      return { path, text: await readDocumentText(path) }
    },
    'files.save': async ({ path, suggestedName, content }) => {
      if (desktop === null) return null
      // A window alone cannot choose what is overwritten: the person did, in a dialog, now or before.
      const chosen = path !== null && grants.has(path) ? path : await desktop.save(path ?? basename(suggestedName))
      if (chosen === null) return null
      await replaceFile(chosen, content)
      await grants.add(chosen)
      return { path: chosen }
    },
    'files.upload': async ({ name, content }) => await storeUpload(join(dataDirectory, FILES_FOLDER), name, content),
  }
}
