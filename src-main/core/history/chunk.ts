import { refuse } from '@shared/spec/issue'
import type { Points } from './types'

/** Points in a full chunk. */
export const CHUNK_POINTS = 1024

/** Count, flags, first step, step stride, first time. */
const HEADER = 5
const STRIDED = 1
const NARROW = 2

/**
 * One chunk's points as bytes, little-endian: a header of five float64; steps (float64) unless they are equally spaced;
 * values as float64 unless all of them are float32 numbers anyway; times as float32 offsets from the first. Wide columns
 * come first, so every column is aligned. About 8 bytes a point where a training loop writes.
 */
export function encodeChunk({ steps, times, values }: Points): Uint8Array {
  const count = steps.length
  const strided = isStrided(steps)
  const narrow = isNarrow(values)
  const bytes = (HEADER + (strided ? 0 : count)) * 8 + count * (narrow ? 4 : 8) + count * 4
  const buffer = new ArrayBuffer(bytes)
  const header = new Float64Array(buffer, 0, HEADER)
  header.set([count, (strided ? STRIDED : 0) | (narrow ? NARROW : 0), steps[0], strided && count > 1 ? steps[1] - steps[0] : 0, times[0]])
  let at = HEADER * 8
  if (!strided) {
    new Float64Array(buffer, at, count).set(steps)
    at += count * 8
  }
  if (narrow) new Float32Array(buffer, at, count).set(values)
  else new Float64Array(buffer, at, count).set(values)
  at += count * (narrow ? 4 : 8)
  const offsets = new Float32Array(buffer, at, count)
  for (let index = 0; index < count; index++) offsets[index] = times[index] - times[0]
  return new Uint8Array(buffer)
}

/** Throws `history-damaged` when the bytes are not those of a chunk. */
export function decodeChunk(bytes: Uint8Array): Points {
  const buffer = aligned(bytes)
  if (buffer.byteLength < HEADER * 8) return damaged()
  const [count, flags, firstStep, stride, firstTime] = new Float64Array(buffer, 0, HEADER)
  const strided = (flags & STRIDED) !== 0
  const narrow = (flags & NARROW) !== 0
  if (!Number.isInteger(count) || count < 1 || count > CHUNK_POINTS) return damaged()
  if (buffer.byteLength !== (HEADER + (strided ? 0 : count)) * 8 + count * (narrow ? 8 : 12)) return damaged()
  let at = HEADER * 8
  const steps = strided ? arithmetic(firstStep, stride, count) : new Float64Array(buffer, at, count)
  at += strided ? 0 : count * 8
  const values = narrow ? new Float64Array(new Float32Array(buffer, at, count)) : new Float64Array(buffer, at, count)
  at += count * (narrow ? 4 : 8)
  const offsets = new Float32Array(buffer, at, count)
  const times = new Float64Array(count)
  for (let index = 0; index < count; index++) times[index] = firstTime + offsets[index]
  return { steps, times, values }
}

function arithmetic(first: number, stride: number, count: number): Float64Array {
  const steps = new Float64Array(count)
  for (let index = 0; index < count; index++) steps[index] = first + stride * index
  return steps
}

function isStrided(steps: Float64Array): boolean {
  const stride = steps.length > 1 ? steps[1] - steps[0] : 0
  for (let index = 2; index < steps.length; index++) if (steps[index] !== steps[0] + stride * index) return false
  return true
}

function isNarrow(values: Float64Array): boolean {
  for (const value of values) if (Math.fround(value) !== value && !Number.isNaN(value)) return false
  return true
}

/** SQLite's buffers may begin anywhere. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}

function damaged(): never {
  return refuse('history-damaged', [], { path: 'descent.sqlite', reason: 'a chunk of points does not decode' })
}
