import { readFile } from 'node:fs/promises'
import { unzipSync, type UnzipFileInfo } from 'fflate'
import { IssueError, refuse, type Issue } from '@shared/spec/issue'
import { MAX_VALUES } from '@shared/catalog/datasets'
import { orRefuse, type SourceFile } from '../files'
import { MAX_DEFLATE_RATIO } from './byte-reader'

const MAX_ENTRIES = 10_000
/** Widest scalar times most values: nothing larger can be used. */
const MAX_ENTRY_BYTES = MAX_VALUES * 8

/** NPZ: a zip archive of NPY arrays. */
export interface NpzArchive {
  readonly names: readonly string[]
  /** Unpacks one array; issues name the document's field that asked for it. */
  unpack(name: string, field: Issue['path']): Uint8Array
}

/** Reads the archive's directory; arrays are unpacked one at a time, each within the size its entry declares. */
export async function openNpz(file: SourceFile): Promise<NpzArchive> {
  const bytes = await orRefuse(readFile(file.path), file.name, file.path, file.field)
  const entries = new Map<string, UnzipFileInfo>()
  guarded(file, () =>
    unzipSync(bytes, {
      filter: (entry) => {
        if (entries.size >= MAX_ENTRIES || entry.name === '' || entries.has(entry.name)) refuse('npz-broken', file.field, { file: file.name })
        entries.set(entry.name, entry)
        return false
      },
    }),
  )
  const names = [...entries.keys()].filter((name) => name.endsWith('.npy')).map((name) => name.slice(0, -4))
  return {
    names,
    unpack: (name, field) => {
      const entry = entries.get(`${name}.npy`) ?? refuse('npz-no-array', field, { file: file.name, array: name, arrays: names.slice(0, 20).join(', ') })
      if (entry.originalSize > MAX_ENTRY_BYTES || entry.originalSize > entry.size * MAX_DEFLATE_RATIO + 64) refuse('npz-entry-size', field, { file: file.name, array: name, bytes: entry.originalSize })
      const unpacked = guarded(file, () => unzipSync(bytes, { filter: (each) => each.name === entry.name }))
      return unpacked[entry.name] ?? refuse('npz-broken', file.field, { file: file.name })
    },
  }
}

/** What the archive library throws at broken archives becomes an issue. */
function guarded<T>(file: SourceFile, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof IssueError) throw error
    return refuse('npz-broken', file.field, { file: file.name })
  }
}
