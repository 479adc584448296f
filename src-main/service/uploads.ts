import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import { replaceFile } from './json-file'

const MAX_SEGMENTS = 4
const MAX_SEGMENT_BYTES = 120
/** Names that Windows keeps for devices, with any extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
/** Same name, other content: this many are told apart by a number. */
const MAX_VARIANTS = 1000

/**
 * The name as a path below the files folder that is safe on every file system: no way up or out, no control characters,
 * no device, no hidden file. `cats/1.png` keeps its folder. Null when nothing of it is left.
 */
export function safeName(name: string): string | null {
  const segments = name.normalize('NFC').split(/[/\\]/).map(safeSegment).filter((segment) => segment !== '')
  if (segments.length === 0) return null
  return segments.slice(-MAX_SEGMENTS).join('/')
}

function safeSegment(segment: string): string {
  const cleaned = segment
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"|?*]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return shorten(RESERVED.test(cleaned) ? `_${cleaned}` : cleaned)
}

/** Keeps the extension, which tells what a file is. */
function shorten(segment: string): string {
  if (Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES) return segment
  const extension = extname(segment).slice(0, 16)
  let stem = segment.slice(0, segment.length - extname(segment).length)
  while (Buffer.byteLength(stem + extension) > MAX_SEGMENT_BYTES) stem = [...stem].slice(0, -1).join('')
  return stem + extension
}

/** Stores the content under its name, or under `name-2.csv` where that holds something else; the path is relative to the folder. */
export async function storeUpload(folder: string, name: string, content: Uint8Array): Promise<Result<{ readonly path: string }>> {
  const safe = safeName(name)
  if (safe === null) return failure(issue('files-name', [], { name }))
  try {
    for (let variant = 1; variant <= MAX_VARIANTS; variant++) {
      const path = variant === 1 ? safe : numbered(safe, variant)
      const there = await holds(join(folder, path), content)
      if (there === 'same') return success({ path })
      if (there === 'other') continue
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await replaceFile(join(folder, path), content)
      return success({ path })
    }
    return failure(issue('files-name-taken', [], { name: safe, folder }))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === '') throw error
    return failure(issue('files-not-written', [], { name: safe, folder, reason: code }))
  }
}

function numbered(path: string, variant: number): string {
  const extension = extname(path)
  return `${path.slice(0, path.length - extension.length)}-${String(variant)}${extension}`
}

async function holds(path: string, content: Uint8Array): Promise<'nothing' | 'same' | 'other'> {
  const stats = await stat(path).catch(() => null)
  if (stats === null) return 'nothing'
  if (!stats.isFile() || stats.size !== content.length) return 'other'
  return Buffer.compare(await readFile(path), content) === 0 ? 'same' : 'other'
}
