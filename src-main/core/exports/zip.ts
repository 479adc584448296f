import { strToU8, zipSync } from 'fflate'
import { refuse } from '@shared/spec/issue'

/** Zip archives without extensions end here; a little is left for their directory. */
const ZIP_LIMIT = 2 ** 32 - 2 ** 24

/** Zip keeps local times: the same constant in every time zone. */
const EPOCH = '1980-01-01T00:00:00'

export interface ZipEntry {
  /** Relative, with `/` between folders. */
  readonly name: string
  readonly content: Uint8Array | string
  /** Deflate level, 6 unless given; 0 stores what does not shrink. */
  readonly level?: 0 | 1 | 6
}

/** An archive of the files in this order. Equal files give equal bytes. Throws `export-too-large`. */
export function zip(format: string, entries: readonly ZipEntry[]): Uint8Array {
  const files = entries.map(({ name, content, level = 6 }) => [name, typeof content === 'string' ? strToU8(content) : content, level] as const)
  const bytes = files.reduce((sum, [, content]) => sum + content.length, 0)
  if (bytes > ZIP_LIMIT) refuse('export-too-large', [], { format, bytes, limit: ZIP_LIMIT })
  return zipSync(Object.fromEntries(files.map(([name, content, level]) => [name, [content, { level, mtime: EPOCH }]])))
}
