import path from 'node:path'
import { expect, it } from 'vitest'
import { idxBytes } from '../../unit/datasets/idx-bytes'
import { ELEMENTS, FLOATS, measure, ROWS, SLACK, withFolder, writePieces } from './memory'

it('bytes: the raw bytes and one float32 copy', async () => {
  await withFolder(async (folder) => {
    const head = idxBytes([ROWS, 28, 28], new Uint8Array(0))
    await writePieces(path.join(folder, 'images'), head, Uint8Array.from({ length: ELEMENTS }, (_, at) => at), ROWS)
    await writePieces(path.join(folder, 'labels'), idxBytes([ROWS], new Uint8Array(0)), Uint8Array.from({ length: 10 }, (_, at) => at), ROWS / 10)
    const { data, peak } = await measure({ type: 'idx', images: 'images', labels: 'labels' }, folder)
    expect(data.train.features.length + (data.validation?.features.length ?? 0)).toBe(ROWS * ELEMENTS)
    expect(peak).toBeLessThan(FLOATS + FLOATS / 4 + SLACK)
  })
})
