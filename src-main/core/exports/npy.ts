import type { Shape } from '@shared/graph'
import { zip } from './zip'

type NumpyArray = Float32Array | Float64Array | Int32Array | Uint8Array

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]
/** The header ends at a multiple of it (NEP 1). */
const ALIGNMENT = 64

/** A row-major array as NumPy's `.npy` (format 1.0). */
export function encodeNpy(data: NumpyArray, shape: Shape): Uint8Array {
  const size = shape.length === 1 ? `(${String(shape[0])},)` : `(${shape.join(', ')})`
  const text = `{'descr': '${descr(data)}', 'fortran_order': False, 'shape': ${size}, }`
  const start = Math.ceil((MAGIC.length + 2 + text.length + 1) / ALIGNMENT) * ALIGNMENT
  const file = new Uint8Array(start + data.byteLength)
  file.set(MAGIC)
  new DataView(file.buffer).setUint16(MAGIC.length, start - MAGIC.length - 2, true)
  file.set(new TextEncoder().encode(`${text.padEnd(start - MAGIC.length - 3)}\n`), MAGIC.length + 2)
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start)
  return file
}

/** Arrays by name as NumPy's `.npz`, not compressed, as `numpy.savez` writes it. */
export function encodeNpz(format: string, arrays: readonly { readonly name: string; readonly shape: Shape; readonly data: NumpyArray }[]): Uint8Array {
  return zip(format, arrays.map(({ name, shape, data }) => ({ name: `${name}.npy`, content: encodeNpy(data, shape), level: 0 })))
}

/** Memory is little-endian on every platform that runs this. */
function descr(data: NumpyArray): string {
  if (data instanceof Float32Array) return '<f4'
  if (data instanceof Float64Array) return '<f8'
  return data instanceof Int32Array ? '<i4' : '|u1'
}
