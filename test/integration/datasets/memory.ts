import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { loadDataset } from '@main/core/datasets'
import { datasetSchema } from '@shared/catalog/datasets'
import type { PreparedData } from '@shared/data/types'
import { need } from '@shared/spec'

export const ROWS = 30_000
export const ELEMENTS = 784
const MEGABYTE = 2 ** 20
/** One float32 copy of all features. */
export const FLOATS = (ROWS * ELEMENTS * 4) / MEGABYTE
/** Streams, decompression, labels and garbage not yet collected. */
export const SLACK = 60

/** A folder for one measurement. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'descent-memory-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes a file in pieces, so that writing it leaves no mark on the measurement. */
export async function writePieces(file: string, head: Uint8Array, piece: Uint8Array, times: number): Promise<void> {
  const stream = createWriteStream(file)
  stream.write(head)
  for (let count = 0; count < times; count++) if (!stream.write(piece)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'close')
}

/** Loads a data set; `peak` is how far the process grew meanwhile, in MB. Once per process: its peak never shrinks. */
export async function measure(document: object, folder: string): Promise<{ readonly data: PreparedData; readonly peak: number }> {
  const before = process.memoryUsage().rss / MEGABYTE
  const data = need(await loadDataset(datasetSchema.parse(document), { baseDirectory: folder, resourcesDirectory: folder, seed: 1 }))
  return { data, peak: process.resourceUsage().maxRSS / 1024 - before }
}
