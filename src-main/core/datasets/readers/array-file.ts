import { MAX_VALUES } from '@shared/catalog/datasets'
import { elementsOf } from '@shared/data/rows'
import { refuse, type Issue } from '@shared/spec/issue'
import type { ByteReader } from './byte-reader'
import type { ScalarType } from './scalars'

/** An array in a file whose header is read and checked; its values follow in the reader, row-major. */
export interface ArrayFile {
  readonly name: string
  readonly field: Issue['path']
  /** `[rows, …]`. */
  readonly shape: readonly number[]
  readonly type: ScalarType
  readonly littleEndian: boolean
  readonly reader: ByteReader
}

/** Bytes converted at a time: a file is never in memory twice. */
const BLOCK = 2 ** 18

/**
 * Refuses headers that promise more than the file can hold, before anything is allocated by them. Returns the number
 * of values.
 */
export function checkSize({ name, field, shape, type, reader }: ArrayFile, headerBytes: number): number {
  const count = elementsOf(shape)
  const needed = count * type.bytes
  if (shape[0] === 0 || count === 0) refuse('array-no-rows', field, { file: name, shape: shape.join('×') })
  if (!Number.isSafeInteger(needed) || needed > reader.bound - headerBytes) {
    refuse('array-truncated', field, { file: name, shape: shape.join('×'), type: type.name, needed, found: Math.max(0, reader.bound - headerBytes) })
  }
  if (count > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows: shape[0], features: count / shape[0], limit: MAX_VALUES })
  return count
}

/** Values of files of one sample shape, one after the other; bytes stay bytes when all are. */
export async function readFeatures(files: readonly ArrayFile[]): Promise<Uint8Array | Float32Array> {
  const [first] = files
  for (const file of files) {
    if (file.shape.slice(1).join() !== first.shape.slice(1).join()) {
      refuse('array-other-shape', file.field, { file: file.name, shape: file.shape.slice(1).join('×'), expected: first.shape.slice(1).join('×') })
    }
  }
  const count = files.reduce((sum, file) => sum + elementsOf(file.shape), 0)
  if (count > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows: count / elementsOf(first.shape.slice(1)), features: elementsOf(first.shape.slice(1)), limit: MAX_VALUES })
  const out = files.every((file) => file.type.name === 'uint8') ? new Uint8Array(count) : new Float32Array(count)
  let offset = 0
  for (const file of files) {
    await readInto(file, out.subarray(offset, offset + elementsOf(file.shape)))
    offset += elementsOf(file.shape)
  }
  return out
}

/** Values of files one after the other, in float64. */
export async function readNumbers(files: readonly ArrayFile[]): Promise<Float64Array> {
  const out = new Float64Array(files.reduce((sum, file) => sum + elementsOf(file.shape), 0))
  let offset = 0
  for (const file of files) {
    await readInto(file, out.subarray(offset, offset + elementsOf(file.shape)))
    offset += elementsOf(file.shape)
  }
  return out
}

async function readInto(file: ArrayFile, out: Uint8Array | Float32Array | Float64Array): Promise<void> {
  const { type, reader, littleEndian } = file
  if (out instanceof Uint8Array) {
    if ((await reader.fill(out)) < out.length) refuseTruncated(file)
  } else {
    const block = new Uint8Array(BLOCK)
    const view = new DataView(block.buffer)
    for (let done = 0; done < out.length; ) {
      const values = Math.min(BLOCK / type.bytes, out.length - done)
      if ((await reader.fill(block.subarray(0, values * type.bytes))) < values * type.bytes) refuseTruncated(file)
      for (let at = 0; at < values; at++) out[done + at] = type.read(view, at * type.bytes, littleEndian)
      done += values
    }
  }
  if ((await reader.fill(new Uint8Array(1))) > 0) refuse('array-too-long', file.field, { file: file.name, shape: file.shape.join('×'), type: file.type.name })
}

function refuseTruncated(file: ArrayFile): never {
  const needed = elementsOf(file.shape) * file.type.bytes
  refuse('array-truncated', file.field, { file: file.name, shape: file.shape.join('×'), type: file.type.name, needed, found: `< ${needed}` })
}
