import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomSource } from '@shared/lib/random'

/** A NumPy file, format 1.0. */
function npy(data: Float32Array | Int32Array, shape: readonly number[]): Uint8Array {
  const descr = data instanceof Float32Array ? '<f4' : '<i4'
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`
  const padded = `${text}${' '.repeat(63 - ((10 + text.length) % 64))}\n`
  const header = Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length & 255, padded.length >> 8, ...Buffer.from(padded)])
  return Buffer.concat([header, new Uint8Array(data.buffer)])
}

/** Random inputs with labels from a fixed random linear map: every contestant trains on the same files. */
export function writeData(directory: string, large = false): void {
  const rows = { flat: 8192, image: 2048, toy: 8192, tokens: 2048, color: 1024, wide: 4096 }
  const random = randomSource(1, 'bench')
  const uniform = (size: number): Float32Array => Float32Array.from({ length: size }, () => random.uniform())
  const write = (name: string, data: Float32Array | Int32Array, shape: readonly number[]): void => writeFileSync(join(directory, `${name}.npy`), npy(data, shape))
  const map = Float32Array.from({ length: 7840 }, () => random.uniform() - 0.5)
  for (const [stem, count, shape] of [['flat', rows.flat, [784]], ['image', rows.image, [1, 28, 28]]] as const) {
    const x = uniform(count * 784)
    write(`${stem}-x`, x, [count, ...shape])
    write(`${stem}-y`, Int32Array.from({ length: count }, (_, row) => label(x, row, map)), [count])
  }
  const tokens = Float32Array.from({ length: rows.tokens * 64 }, () => Math.floor(random.uniform() * 64))
  write('tokens-x', tokens, [rows.tokens, 64])
  write('tokens-y', Int32Array.from({ length: rows.tokens }, (_, row) => tokens[64 * row] % 10), [rows.tokens])
  if (large) {
    for (const [stem, shape] of [['color', [3, 32, 32]], ['wide', [4096]]] as const) {
      const size = shape.reduce((product, extent) => product * extent, 1)
      write(`${stem}-x`, uniform(rows[stem] * size), [rows[stem], ...shape])
      write(`${stem}-y`, Int32Array.from({ length: rows[stem] }, () => random.integer(10)), [rows[stem]])
    }
  }
  const toy = uniform(rows.toy * 2)
  write('toy-x', toy, [rows.toy, 2])
  write('toy-y', Float32Array.from({ length: rows.toy }, (_, row) => toy[2 * row] - toy[2 * row + 1]), [rows.toy, 1])
}

function label(x: Float32Array, row: number, map: Float32Array): number {
  let best = 0
  let highest = -Infinity
  for (let unit = 0; unit < 10; unit++) {
    let sum = 0
    for (let pixel = 0; pixel < 784; pixel++) sum += (x[row * 784 + pixel] - 0.5) * map[pixel * 10 + unit]
    if (sum > highest) [highest, best] = [sum, unit]
  }
  return best
}
