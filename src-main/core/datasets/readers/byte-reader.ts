import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { refuse } from '@shared/spec/issue'
import { orRefuse, readStart, type SourceFile } from '../files'

/** Deflate cannot shrink data further than this: a bound on what a compressed file can hold. */
export const MAX_DEFLATE_RATIO = 1032
const CHUNK = 2 ** 18

/** Reads bytes in order, from a file (plain or gzip) or from memory. */
export interface ByteReader {
  /** At most so many bytes can follow. Exact for plain files and memory. */
  readonly bound: number
  /** Fills `target` from its start; fewer bytes only where the source ends. */
  fill(target: Uint8Array): Promise<number>
  close(): Promise<void>
}

/** Closes every reader that `keep` was given, whatever happens. */
export async function closingReaders<T>(use: (keep: (reader: ByteReader) => ByteReader) => Promise<T>): Promise<T> {
  const readers: ByteReader[] = []
  try {
    return await use((reader) => {
      readers.push(reader)
      return reader
    })
  } finally {
    for (const reader of readers) await reader.close()
  }
}

/** Opens a file; gzip is recognized by its first two bytes. */
export async function openBytes(file: SourceFile): Promise<ByteReader> {
  const start = await readStart(file, 2)
  const gzip = start[0] === 0x1f && start[1] === 0x8b
  return gzip ? new GzipReader(file) : new PlainReader(file, await orRefuse(open(file.path, 'r'), file.name, file.path, file.field))
}

/** Reads straight into the target: no buffers in between. */
class PlainReader implements ByteReader {
  readonly bound: number
  readonly #file: SourceFile
  readonly #handle: FileHandle

  constructor(file: SourceFile, handle: FileHandle) {
    this.bound = file.bytes
    this.#file = file
    this.#handle = handle
  }

  async fill(target: Uint8Array): Promise<number> {
    const { name, path, field } = this.#file
    let filled = 0
    while (filled < target.length) {
      const { bytesRead } = await orRefuse(this.#handle.read(target, filled, target.length - filled), name, path, field)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return filled
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

class GzipReader implements ByteReader {
  readonly bound: number
  readonly #stream: Readable
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #file: SourceFile
  #chunk: Uint8Array = new Uint8Array(0)
  #ended = false

  constructor(file: SourceFile) {
    this.bound = file.bytes * MAX_DEFLATE_RATIO
    const stream = pipeline(createReadStream(file.path, { highWaterMark: CHUNK }), createGunzip({ chunkSize: CHUNK }), () => undefined)
    this.#stream = stream
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
    this.#file = file
  }

  async fill(target: Uint8Array): Promise<number> {
    let filled = 0
    while (filled < target.length) {
      if (this.#chunk.length === 0 && !(await this.#next())) break
      const count = Math.min(this.#chunk.length, target.length - filled)
      target.set(this.#chunk.subarray(0, count), filled)
      this.#chunk = this.#chunk.subarray(count)
      filled += count
    }
    return filled
  }

  close(): Promise<void> {
    this.#stream.destroy()
    return Promise.resolve()
  }

  async #next(): Promise<boolean> {
    if (this.#ended) return false
    try {
      const next = await this.#chunks.next()
      this.#ended = next.done === true
      this.#chunk = next.done === true ? new Uint8Array(0) : next.value
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code.startsWith('Z_')) refuse('data-gzip-broken', this.#file.field, { file: this.#file.name })
      await orRefuse(Promise.reject(error as Error), this.#file.name, this.#file.path, this.#file.field)
    }
    return !this.#ended
  }
}

/** Reads from bytes in memory. */
export function memoryBytes(bytes: Uint8Array): ByteReader {
  let at = 0
  return {
    bound: bytes.length,
    fill: (target) => {
      const part = bytes.subarray(at, at + target.length)
      target.set(part)
      at += part.length
      return Promise.resolve(part.length)
    },
    close: () => Promise.resolve(),
  }
}
