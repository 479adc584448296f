import { Unzip, UnzipInflate, type UnzipFile } from 'fflate'
import { messageOf } from '@shared/lib/message-of'
import { IssueError, refuse } from '@shared/spec/issue'

const MAX_ENTRIES = 10_000
/** Largest content of an archive, bytes. */
const MAX_TOTAL = 2 ** 31
/** What an archive may hold for each of its bytes, above a start that small ones need. Points shrink some tenfold. */
const MAX_RATIO = 100
const FREE_BYTES = 16 * 1024 * 1024
/** Bytes unpacked between two looks at how much came out. */
const SLICE = 64 * 1024

/**
 * Files of a zip archive of unknown origin, by name, in memory: nothing is written by a name that the archive gives. Stops
 * as soon as more comes out than may. Throws `bundle-name`, `bundle-too-large`, `bundle-broken`.
 */
export function unpack(archive: Uint8Array, allowed: RegExp): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array[]>()
  const open = new Set<string>()
  const limit = Math.min(MAX_TOTAL, FREE_BYTES + MAX_RATIO * archive.length)
  let total = 0
  const receive = (file: UnzipFile): void => {
    const name = expectName(file.name, allowed)
    if (files.has(name) || files.size >= MAX_ENTRIES) broken('it names a file twice, or too many')
    const parts: Uint8Array[] = []
    files.set(name, parts)
    open.add(name)
    file.ondata = (error, part, final) => {
      // The library hands back what was thrown here.
      if (error !== null) throw error
      total += part.length
      if (total > limit) refuse('bundle-too-large', [], { bytes: archive.length, limit })
      parts.push(part)
      if (final) open.delete(name)
    }
    file.start()
  }
  guarded(() => {
    const unzip = new Unzip(receive)
    unzip.register(UnzipInflate)
    for (let at = 0; at < archive.length; at += SLICE) unzip.push(archive.subarray(at, at + SLICE), at + SLICE >= archive.length)
  })
  if (files.size === 0 || open.size > 0) broken(files.size === 0 ? 'it is no zip archive' : 'it ends too early')
  return new Map([...files].map(([name, parts]) => [name, joined(parts)]))
}

/** Names that lead out of a folder are refused even though none is ever used as a path. */
function expectName(name: string, allowed: RegExp): string {
  if (!allowed.test(name)) refuse('bundle-name', [], { name: name.slice(0, 200) })
  return name
}

/** What the library throws at broken archives becomes an issue. */
function guarded(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof IssueError) throw error
    broken(messageOf(error))
  }
}

function broken(reason: string): never {
  return refuse('bundle-broken', [], { reason })
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
