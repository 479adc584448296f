import path from 'node:path'
import { expect, it } from 'vitest'
import { npyBytes } from '../../unit/datasets/idx-bytes'
import { ELEMENTS, FLOATS, measure, ROWS, SLACK, withFolder, writePieces } from './memory'

it('float32: rearranged and scaled in place, one copy in all', async () => {
  await withFolder(async (folder) => {
    const row = new Uint8Array(Float32Array.from({ length: ELEMENTS }, (_, at) => at).buffer)
    await writePieces(path.join(folder, 'x.npy'), npyBytes(`{'descr': '<f4', 'fortran_order': False, 'shape': (${ROWS}, ${ELEMENTS}), }`, new Uint8Array(0)), row, ROWS)
    await writePieces(path.join(folder, 'y.npy'), npyBytes(`{'descr': '|u1', 'fortran_order': False, 'shape': (${ROWS},), }`, new Uint8Array(0)), Uint8Array.of(0, 1), ROWS / 2)
    const { data, peak } = await measure({ type: 'npy', features: 'x.npy', targets: 'y.npy', preprocess: { features: { scale: 2 } } }, folder)
    expect(data.validation?.features[1]).toBe(2)
    expect(peak).toBeLessThan(FLOATS + SLACK)
  })
})
